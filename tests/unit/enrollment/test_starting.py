"""Ops invites the patient."""

from datetime import timedelta

import pytest
from pharmonico.events.fulfillment import PrescriptionResumed
from pharmonico.fulfillment.enrollment.enroll import save_page, start_enrollment
from pharmonico.fulfillment.enrollment.patient import Contact
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Invalid, TooMany

from tests.builders import a_wait, published
from tests.enrolling import INSURANCE, OPS, RX, World


def test_starting_awaits_the_patient_and_says_so() -> None:
    world = World().validated()
    world.start()
    assert world.orders.get(RX).status is Status.AWAITING_ENROLLMENT
    assert published(world.orders) == ["enrollment_started"]
    assert world.enrollment.contact_email == "jordan.doe@example.org"


def test_starting_again_sends_a_fresh_link_and_keeps_the_saved_pages() -> None:
    world = World().validated()
    world.enter()
    save_page(RX, INSURANCE, orders=world.orders, clock=world.clock)
    world.invite()
    assert len(world.email.sent) == 2
    assert world.enrollment.insurance == INSURANCE
    assert world.enrollment.links_sent == 2


def test_a_second_click_within_a_minute_is_told_to_wait() -> None:
    world = World().validated()
    world.start()
    with pytest.raises(TooMany, match="wait a minute") as refusal:
        world.start()
    assert (refusal.value.code, refusal.value.retry_after_s) == ("link.too_soon", 60)
    assert published(world.orders) == ["enrollment_started"]


def test_the_sixth_link_of_an_hour_is_refused() -> None:
    world = World().validated()
    for _ in range(5):
        world.invite()
    with pytest.raises(TooMany) as refusal:
        world.invite()
    assert refusal.value.code == "link.too_many"
    assert len(world.email.sent) == 5


def test_an_hour_later_links_are_sent_again() -> None:
    world = World().validated()
    for _ in range(5):
        world.invite()
    world.clock.advance(timedelta(hours=1))
    world.invite()
    assert len(world.email.sent) == 6


def test_an_expired_enrollment_starts_again_with_a_new_execution() -> None:
    world = World().validated(Status.ENROLLMENT_EXPIRED)
    world.start()
    order = world.orders.get(RX)
    assert (order.status, order.run, order.owner) == (Status.AWAITING_ENROLLMENT, 2, None)
    resumed = next(e for e in world.orders.events if isinstance(e, PrescriptionResumed))
    assert (resumed.data.resume_at, resumed.data.run) == ("AwaitEnrollment", 2)


@pytest.mark.parametrize(("waited", "run"), [(timedelta(hours=23), 1), (timedelta(days=1), 2)])
def test_who_is_invited_late_has_a_whole_week_too(waited: timedelta, run: int) -> None:
    world = World().validated()
    order = world.orders.get(RX)
    wait = a_wait(WaitName.ENROLLMENT, opened_at=world.clock.now())
    world.orders.save(order.changed(at=world.clock.now(), wait=wait))
    world.clock.advance(waited)
    world.start()
    assert world.orders.get(RX).run == run


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.PAID, Status.CANCELLED])
def test_it_starts_only_where_the_patient_is_needed(status: Status) -> None:
    world = World().validated(status)
    with pytest.raises(Conflict) as refusal:
        world.start()
    assert refusal.value.code == "enrollment.not_startable"


def test_nobody_can_be_invited_without_an_address() -> None:
    world = World().validated(contact={"primary_telephone": {"number": "555"}, "email": "none"})
    with pytest.raises(Invalid) as refusal:
        world.start()
    assert refusal.value.code == "enrollment.no_contact"


def test_the_address_that_ops_gives_wins_over_the_message() -> None:
    world = World().validated()
    start_enrollment(
        RX,
        actor=OPS,
        orders=world.orders,
        tokens=world.tokens,
        clock=world.clock,
        contact=Contact(email="carer@example.org", language="es"),
    )
    world.post()
    to, message = world.email.sent[0]
    assert (to, message.subject) == ("carer@example.org", "Confirme sus datos, por favor")
    assert world.enrollment.contact_phone == "6145550120"


def test_a_phone_alone_is_enough() -> None:
    world = World().validated(contact={"home_telephone": {"number": "1-614-555-0120"}})
    world.start()
    world.post()
    assert [to for to, _ in world.sms.sent] == ["6145550120"]
