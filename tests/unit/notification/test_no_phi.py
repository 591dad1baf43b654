"""From the invitation to the delivery, no message tells who takes what."""

from typing import Any

import pytest
from pharmonico.events import fulfillment as happened
from pharmonico.fulfillment.enrollment.codes import request_code
from pharmonico.fulfillment.notification.notices import notify
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money

from tests.enrolling import RX, World

PHI = ("Jordan", "Doe", "Lipitor", "00071015623", "1979", "05-17", "Prescriber", "YXE123456789")
STEPS = (
    (happened.EnrollmentReminderRequired, Status.AWAITING_ENROLLMENT, {}),
    (happened.PaymentLinkRequired, Status.AWAITING_PAYMENT, {}),
    (happened.PaymentReminderRequired, Status.AWAITING_PAYMENT, {}),
    (happened.PaymentSuccessful, Status.PAID, {}),
    (happened.ShippingLabelGenerated, Status.SHIPPED, {}),
    (happened.ShipmentUpdated, Status.OUT_FOR_DELIVERY, {}),
    (happened.DeliveryException, Status.DELIVERY_EXCEPTION, {"reason": "carrier"}),
    (happened.Delivered, Status.DELIVERED, {}),
    (happened.PrescriptionCancelled, Status.CANCELLED, {"reason": "ops"}),
    (happened.PaymentRefunded, Status.CANCELLED, {}),
)


def everything_said(language: str, *, by_sms: bool) -> list[str]:
    contact: dict[str, Any] = {"primary_telephone": {"number": "6145550120"}}
    if not by_sms:
        contact = {"email": "patient@example.org"}
    world = World().validated(contact=contact)
    world.start()
    invited = world.enrollment.model_copy(update={"language": language})
    world.orders.put_document(RX, invited)
    world.post()
    _run(world)
    return [
        f"{message.subject}\n{message.text}\n{message.html}\n{message.sms}"
        for _, message in (*world.email.sent, *world.sms.sent)
    ]


def _run(world: World) -> None:
    before = world.orders.get(RX)
    for event, status, extra in STEPS:
        after = world.orders.get(RX).changed(
            at=world.clock.now(),
            status=status,
            patient_pay=Money(amount_minor=1250),
            tracking=Tracking(carrier="ups", number="1Z999AA10123456784"),
        )
        world.orders.save(after)
        notify(record(event, after, before=before, clock=world.clock, **extra), desk=world.desk)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("by_sms", [True, False])
def test_no_message_holds_phi(language: str, by_sms: bool) -> None:
    said = everything_said(language, by_sms=by_sms)
    assert len(said) == 1 + len(STEPS)
    assert [(word, text) for text in said for word in PHI if word in text] == []


def test_a_code_holds_nothing_but_itself() -> None:
    world = World().validated()
    session = world.enter()
    request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    (_, message) = world.sms.sent[-1]
    assert [word for word in PHI if word in message.sms] == []
