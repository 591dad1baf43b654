"""What staff does: takes an invitation back, and enters an enrollment on the phone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.events.fulfillment import EnrollmentCompleted, EnrollmentLocked, PrescriptionResumed
from pharmonico.fulfillment.enrollment.by_phone import Told, VerbalConsent, enroll_by_phone
from pharmonico.fulfillment.enrollment.consents import consents
from pharmonico.fulfillment.enrollment.enroll import save_page, submit
from pharmonico.fulfillment.enrollment.patient import Contact
from pharmonico.fulfillment.enrollment.reminding import remind
from pharmonico.fulfillment.enrollment.renewal import proven, renew_link
from pharmonico.fulfillment.enrollment.revoking import revoke
from pharmonico.fulfillment.enrollment.signing import statement
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Gone, Invalid, NotFound, Unauthenticated

from tests.builders import published
from tests.enrolling import ANOTHER_DAY, BORN_ON, DELIVERY, INSURANCE, OPS, RX, World, token_in

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

CONSENT = VerbalConsent(
    name="Sam Doe", signer="guardian", relationship="parent", treatment=True, privacy=True
)
TOLD = Told(insurance=INSURANCE, delivery=DELIVERY, consent=CONSENT)


def take_back(world: World) -> Order:
    return revoke(RX, orders=world.orders, tokens=world.tokens, clock=world.clock)


def enter(world: World, **changes: Any) -> Order:
    return enroll_by_phone(
        RX,
        TOLD.model_copy(update=changes),
        actor=OPS,
        orders=world.orders,
        tokens=world.tokens,
        clock=world.clock,
    )


def renewing(world: World, token: str) -> str:
    with pytest.raises(Gone) as gone:
        renew_link(token, BORN_ON, orders=world.orders, tokens=world.tokens, clock=world.clock)
    return gone.value.code


def test_a_session_that_was_being_opened_saves_and_submits_nothing_more() -> None:
    world = World().validated()
    world.invite()
    revoked = world.enrollment.model_copy(update={"revoked": True})
    world.orders.put_document(RX, revoked)
    with pytest.raises(Gone) as gone:
        save_page(RX, DELIVERY, orders=world.orders, clock=world.clock)
    assert gone.value.code == "enrollment.closed"
    with pytest.raises(Gone):
        submit(RX, orders=world.orders, clock=world.clock)


def test_what_was_taken_back_neither_opens_nor_is_renewed() -> None:
    world = World().validated()
    token = world.invite()
    assert take_back(world).hold_reason == "enrollment.revoked"
    with pytest.raises(Gone) as gone:
        world.open(token)
    assert gone.value.code == "link.revoked"
    assert renewing(world, token) == "link.revoked"
    with pytest.raises(Gone) as proof:
        proven(token, BORN_ON, orders=world.orders, tokens=world.tokens, clock=world.clock)
    assert proof.value.code == "link.revoked"


def test_an_older_link_renews_nothing_that_was_taken_back() -> None:
    world = World().validated()
    older = world.invite()
    world.invite()
    take_back(world)
    assert renewing(world, older) == "link.revoked"


def test_a_session_that_is_open_ends_and_what_was_saved_stays() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    save_page(RX, INSURANCE, orders=world.orders, clock=world.clock)
    take_back(world)
    with pytest.raises(Unauthenticated):
        world.read(reference)
    assert world.enrollment.insurance == INSURANCE


def test_a_link_that_was_on_its_way_is_dead_on_arrival() -> None:
    world = World().validated()
    world.start()
    take_back(world)
    world.post()
    with pytest.raises(Gone) as gone:
        world.open(token_in(world.email.sent[-1][1].text))
    assert gone.value.code == "link.revoked"


def test_a_new_invitation_lifts_it() -> None:
    world = World().validated()
    world.invite()
    take_back(world)
    token = world.invite()
    assert world.orders.get(RX).hold_reason is None
    assert world.read(world.open(token)).order_id == RX


def test_taking_back_twice_is_once_and_nobody_is_reminded() -> None:
    world = World().validated()
    world.invite()
    version = take_back(world).version
    assert take_back(world).version == version
    world.clock.advance(timedelta(days=1))
    assert remind(orders=world.orders, tokens=world.tokens, clock=world.clock) == 0


def test_nothing_is_taken_back_that_was_not_sent_or_is_done() -> None:
    world = World().validated()
    with pytest.raises(NotFound):
        take_back(world)
    enter(world)
    with pytest.raises(Conflict) as done:
        take_back(world)
    assert done.value.code == "enrollment.submitted"


def test_ops_is_told_of_a_lock_by_an_event_and_in_the_lists() -> None:
    world = World().validated()
    token = world.invite()
    for _ in range(4):
        with pytest.raises(Invalid):
            world.open(token, ANOTHER_DAY)
    with pytest.raises(Gone):
        world.open(token, ANOTHER_DAY)
    assert [type(event) for event in world.orders.events].count(EnrollmentLocked) == 1
    assert world.orders.get(RX).hold_reason == "enrollment.locked"
    assert renewing(world, token) == "link.locked"
    world.invite()
    assert world.orders.get(RX).hold_reason is None


def test_an_older_link_does_not_get_round_a_lock() -> None:
    world = World().validated()
    older = world.invite()
    token = world.invite()
    for _ in range(5):
        with pytest.raises((Invalid, Gone)):
            world.open(token, ANOTHER_DAY)
    world.clock.advance(timedelta(seconds=61))
    assert renewing(world, older) == "link.locked"


def test_a_second_session_ends_the_first() -> None:
    world = World().validated()
    first = world.open(world.invite())
    second = world.open(world.invite())
    assert world.read(second).order_id == RX
    with pytest.raises(Unauthenticated):
        world.read(first)


@pytest.mark.parametrize("status", [Status.VALIDATED, Status.AWAITING_ENROLLMENT])
def test_what_is_said_on_the_phone_goes_on_at_once(status: Status) -> None:
    world = World().validated(status)
    order = enter(world)
    assert order.status is Status.AWAITING_ROUTING
    assert published(world.orders) == ["enrollment_completed"]
    done = world.orders.events[-1]
    assert isinstance(done, EnrollmentCompleted)
    assert done.meta.actor == OPS
    assert (world.enrollment.insurance, world.enrollment.delivery) == (INSURANCE, DELIVERY)
    assert world.enrollment.submitted_at == world.clock.now()


def test_the_record_says_who_entered_it_and_that_it_was_said() -> None:
    world = World().validated()
    order = enter(world)
    consent = world.enrollment.consent
    assert consent is not None
    assert (consent.verbal, consent.entered_by) == (True, "usr_ops")
    assert (consent.signed_name, consent.relationship) == ("Sam Doe", "parent")
    assert consent.signed_at == world.clock.now()
    assert [each.text_hash for each in consent.agreements] == [
        each.text_hash for each in consents("en")
    ]
    written = statement(order, world.enrollment, consent, world.clock.now())
    facts = dict(written.facts)
    assert facts["Said on the phone by"] == "Sam Doe"
    assert facts["Taken down by"] == "usr_ops"
    assert "Typed signature" not in facts


def test_the_link_that_was_sent_and_its_session_end_with_it() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    enter(world)
    with pytest.raises(Unauthenticated):
        world.read(reference)
    with pytest.raises(Conflict) as late:
        save_page(RX, DELIVERY, orders=world.orders, clock=world.clock)
    assert late.value.code == "enrollment.submitted"


def test_it_is_entered_once() -> None:
    world = World().validated()
    enter(world)
    with pytest.raises(Conflict) as again:
        enter(world)
    assert again.value.code == "enrollment.submitted"


def test_one_that_had_expired_goes_on_under_a_new_execution() -> None:
    world = World().validated(Status.ENROLLMENT_EXPIRED)
    assert enter(world).status is Status.AWAITING_ROUTING
    (resumed,) = [e for e in world.orders.events if isinstance(e, PrescriptionResumed)]
    assert resumed.data.resume_at == "Route"


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.PAID, Status.CANCELLED])
def test_it_is_entered_only_where_the_patient_is_needed(status: Status) -> None:
    world = World().validated(status)
    with pytest.raises(Conflict) as refusal:
        enter(world)
    assert refusal.value.code == "enrollment.not_startable"


def test_later_messages_need_an_address() -> None:
    world = World().validated(contact={})
    with pytest.raises(Invalid) as refusal:
        enter(world)
    assert refusal.value.code == "enrollment.no_contact"
    enter(world, contact=Contact(email="sam.doe@example.org", language="es"))
    assert (world.enrollment.contact_email, world.enrollment.language) == (
        "sam.doe@example.org",
        "es",
    )
