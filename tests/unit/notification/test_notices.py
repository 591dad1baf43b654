"""One message per event, by the channel that works."""

from datetime import timedelta
from typing import Any

import pytest
from pharmonico.events import fulfillment as happened
from pharmonico.events.envelope import Event
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.documents import Notice, Payment
from pharmonico.fulfillment.notification.notices import notify
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.payment.portal_links import checkout_url
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected, Unavailable
from pharmonico.kit.money import Money

from tests.enrolling import OPS, PORTAL, RX, World, token_in

DOWN = Unavailable("email.unavailable", "down")
REFUSED = Rejected("email.refused", "no such mailbox")
CHECKOUT = "https://checkout.example/c/pay/cs_test_1"


def started(**patient: Any) -> World:
    world = World().validated(**patient)
    world.start()
    return world


def moved(world: World, status: Status, **changes: Any) -> None:
    order = world.orders.get(RX)
    world.orders.save(order.changed(at=world.clock.now(), status=status, **changes))


def an_event(world: World, event: type[Event[Any]], **extra: Any) -> Event[Any]:
    order = world.orders.get(RX)
    before = order.changed(at=world.clock.now(), status=Status.IN_TRANSIT)
    return record(event, order, before=before, clock=world.clock, **extra)


def texts(world: World) -> list[str]:
    return [message.text for _, message in world.email.sent]


def test_a_repeated_event_sends_one_message() -> None:
    world = started()
    (event,) = world.orders.events
    assert [notify(event, desk=world.desk) for _ in range(3)] == ["email", "email", "email"]
    assert len(world.email.sent) == 1
    assert [notice.status for notice in world.notices] == ["sent"]


def test_two_events_send_two_messages() -> None:
    world = World().validated()
    world.invite()
    world.invite()
    assert len(world.notices) == 2


def test_the_second_channel_takes_over_when_the_first_fails() -> None:
    world = started()
    world.email.trouble = DOWN
    world.post()
    assert [to for to, _ in world.sms.sent] == ["6145550120"]
    assert {notice.channel: notice.status for notice in world.notices} == {
        "email": "failed",
        "sms": "sent",
    }


def test_what_went_by_the_second_channel_is_not_sent_again_by_the_first() -> None:
    world = started()
    world.email.trouble = DOWN
    (event,) = world.orders.events
    notify(event, desk=world.desk)
    world.email.trouble = None
    assert notify(event, desk=world.desk) == "sms"
    assert world.email.sent == []


def test_when_no_channel_works_the_event_comes_again() -> None:
    world = started()
    (event,) = world.orders.events
    world.email.trouble = world.sms.trouble = DOWN
    with pytest.raises(Unavailable):
        notify(event, desk=world.desk)
    world.email.trouble = None
    assert notify(event, desk=world.desk) == "email"
    assert len(world.email.sent) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_for_ever() -> None:
    world = started()
    world.email.trouble = world.sms.trouble = REFUSED
    assert notify(world.orders.events[0], desk=world.desk) is None
    assert {notice.status for notice in world.notices} == {"failed"}


def test_a_message_that_is_being_sent_is_not_sent_by_a_second_process() -> None:
    world = started()
    (event,) = world.orders.events
    dying = _going_out(world, event)
    with pytest.raises(Unavailable, match="being sent"):
        notify(event, desk=world.desk)
    world.clock.advance(timedelta(seconds=60))
    assert notify(event, desk=world.desk) == "email"
    assert dying.version == 1


def _going_out(world: World, event: Event[Any]) -> Notice:
    return world.orders.put_document(
        RX,
        Notice(
            key=f"{event.meta.event_id}#email",
            event_id=event.meta.event_id,
            template="enrollment",
            channel="email",
            status="sending",
            sent_at=world.clock.now(),
        ),
    )


def test_an_invitation_that_comes_late_is_not_sent() -> None:
    world = started()
    cancel(RX, reason="ops", actor=OPS, orders=world.orders, clock=world.clock)
    assert notify(world.orders.events[0], desk=world.desk) is None


def test_a_patient_who_was_never_invited_hears_of_no_cancellation() -> None:
    world = World().validated()
    cancel(RX, reason="ops", actor=OPS, orders=world.orders, clock=world.clock)
    world.post()
    assert (world.email.sent, world.sms.sent) == ([], [])


def test_an_invited_patient_hears_of_the_cancellation() -> None:
    world = World().validated()
    world.invite()
    cancel(RX, reason="ops", actor=OPS, orders=world.orders, clock=world.clock)
    world.post()
    assert world.email.sent[-1][1].subject == "Your order was cancelled"


def test_the_payment_message_leads_to_the_open_checkout() -> None:
    world = started()
    moved(world, Status.AWAITING_PAYMENT, patient_pay=Money(amount_minor=1250))
    payment = Payment(payment_id="pay_1", attempt=1, amount=Money(amount_minor=1250), url=CHECKOUT)
    world.orders.put_document(RX, payment)
    notify(an_event(world, happened.PaymentLinkRequired), desk=world.desk)
    (text,) = texts(world)
    link = next(word for word in text.split() if word.startswith(PORTAL))
    assert "$12.50" in text
    reference = link.rpartition("=")[2]
    assert checkout_url(reference, orders=world.orders, tokens=world.tokens) == CHECKOUT


def test_a_paid_checkout_is_not_led_to_any_more() -> None:
    world = started()
    paid = Payment(
        payment_id="pay_1",
        attempt=1,
        amount=Money(amount_minor=1250),
        url=CHECKOUT,
        status="paid",
    )
    world.orders.put_document(RX, paid)
    world.tokens.put("pay#x", RX, ttl_s=60)
    assert checkout_url("unknown", orders=world.orders, tokens=world.tokens) is None
    moved(world, Status.AWAITING_PAYMENT)
    notify(an_event(world, happened.PaymentLinkRequired), desk=world.desk)
    reference = next(w for w in texts(world)[0].split() if w.startswith(PORTAL)).rpartition("/")[2]
    assert checkout_url(reference, orders=world.orders, tokens=world.tokens) is None


def test_nothing_paid_means_no_receipt() -> None:
    world = started()
    moved(world, Status.PAID, patient_pay=Money(amount_minor=0))
    assert notify(an_event(world, happened.PaymentSuccessful), desk=world.desk) is None


@pytest.mark.parametrize(
    ("event", "status", "subject"),
    [
        (happened.PaymentSuccessful, Status.PAID, "We received your payment"),
        (happened.PaymentRefunded, Status.CANCELLED, "Your refund is on its way"),
        (happened.ShippingLabelGenerated, Status.SHIPPED, "Your order was handed to the carrier"),
        (happened.ShipmentUpdated, Status.OUT_FOR_DELIVERY, "Your order arrives today"),
        (happened.Delivered, Status.DELIVERED, "Your order was delivered"),
    ],
)
def test_each_step_is_told(event: type[Event[Any]], status: Status, subject: str) -> None:
    world = started()
    parcel = Tracking(carrier="ups", number="1Z999AA10123456784")
    moved(world, status, patient_pay=Money(amount_minor=1250), tracking=parcel)
    assert notify(an_event(world, event), desk=world.desk) == "email"
    assert world.email.sent[-1][1].subject == subject


def test_a_problem_on_the_way_is_told() -> None:
    world = started()
    moved(world, Status.DELIVERY_EXCEPTION)
    notify(an_event(world, happened.DeliveryException, reason="carrier"), desk=world.desk)
    assert world.email.sent[-1][1].subject == "There is a problem with your delivery"


def test_a_reminder_brings_a_new_link_while_the_patient_is_awaited() -> None:
    world = started()
    world.post()
    notify(an_event(world, happened.EnrollmentReminderRequired), desk=world.desk)
    invitation, reminder = (token_in(text) for text in texts(world))
    with pytest.raises(Rejected):
        world.open(invitation)
    assert world.open(reminder)


@pytest.mark.parametrize(
    "event", [happened.EnrollmentReminderRequired, happened.PaymentReminderRequired]
)
def test_nobody_is_reminded_of_what_is_done(event: type[Event[Any]]) -> None:
    world = started()
    moved(world, Status.PAID)
    assert notify(an_event(world, event), desk=world.desk) is None


def test_a_scan_on_the_way_is_not_told() -> None:
    world = started()
    moved(world, Status.IN_TRANSIT)
    assert notify(an_event(world, happened.ShipmentUpdated), desk=world.desk) is None
