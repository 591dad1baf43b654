"""Saving page by page, and submitting."""

import pytest
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.documents import Enrollment, SecondCoverage
from pharmonico.fulfillment.enrollment.enroll import save_page, submit
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Gone, Invalid

from tests.builders import published
from tests.enrolling import CONSENT, DELIVERY, INSURANCE, OPS, RX, World


def save(world: World, page: object) -> None:
    save_page(RX, page, orders=world.orders, clock=world.clock)  # type: ignore[arg-type]  # one of the pages


def test_a_page_saved_twice_holds_the_second_answer() -> None:
    world = World().validated()
    world.enter()
    save(world, INSURANCE)
    changed = INSURANCE.model_copy(update={"member_id": "CHANGED1"})
    save(world, changed)
    save(world, DELIVERY)
    assert (world.enrollment.insurance, world.enrollment.delivery) == (changed, DELIVERY)


def test_a_second_coverage_comes_and_goes() -> None:
    world = World().validated()
    world.enter()
    card = INSURANCE.model_copy(update={"member_id": "CARD1"})
    save(world, SecondCoverage(coverage=card))
    assert world.enrollment.secondary == card
    save(world, SecondCoverage(coverage=None))
    assert world.enrollment.secondary is None


def test_a_page_saved_in_another_tab_at_the_same_moment_is_not_lost() -> None:
    world = World().validated()
    world.enter()
    read = world.orders.document
    interferences = iter([True])

    def read_then_lose_the_race(order_id: str, kind: type, key: str = "1") -> object:
        found = read(order_id, kind, key)
        if kind is Enrollment and next(interferences, False):
            save(world, DELIVERY)
        return found

    world.orders.document = read_then_lose_the_race  # type: ignore[method-assign,assignment]  # the other tab
    save(world, INSURANCE)
    assert (world.enrollment.insurance, world.enrollment.delivery) == (INSURANCE, DELIVERY)


def test_a_signature_is_dated_by_us() -> None:
    world = World().validated()
    world.enter()
    save(world, CONSENT)
    assert world.enrollment.consent == CONSENT.model_copy(update={"signed_at": world.clock.now()})


def test_submitting_sends_the_prescription_on() -> None:
    world = World().validated()
    world.enter()
    world.save_all()
    order, enrollment = submit(RX, orders=world.orders, clock=world.clock)
    assert order.status is Status.AWAITING_ROUTING
    assert enrollment.submitted_at == world.clock.now()
    assert published(world.orders)[-1] == "enrollment_completed"
    assert world.orders.events[-1].meta.actor.role == "patient"


def test_submitting_twice_gives_the_same_answer_and_one_event() -> None:
    world = World().validated()
    world.enter()
    world.save_all()
    first = submit(RX, orders=world.orders, clock=world.clock)
    second = submit(RX, orders=world.orders, clock=world.clock)
    assert first[1].submitted_at == second[1].submitted_at
    assert published(world.orders).count("enrollment_completed") == 1


def test_submitting_names_every_page_that_is_missing() -> None:
    world = World().validated()
    world.enter()
    save(world, DELIVERY)
    with pytest.raises(Invalid) as refusal:
        submit(RX, orders=world.orders, clock=world.clock)
    assert refusal.value.code == "enrollment.incomplete"
    assert [error.pointer for error in refusal.value.errors] == ["/insurance", "/consent"]


def test_nothing_changes_after_submitting() -> None:
    world = World().validated()
    world.enter()
    world.save_all()
    submit(RX, orders=world.orders, clock=world.clock)
    with pytest.raises(Conflict) as refusal:
        save(world, DELIVERY)
    assert refusal.value.code == "enrollment.submitted"


def test_a_cancelled_prescription_takes_no_more_pages() -> None:
    world = World().validated()
    world.enter()
    cancel(RX, reason="ops", actor=OPS, orders=world.orders, clock=world.clock)
    with pytest.raises(Gone) as refusal:
        save(world, DELIVERY)
    assert refusal.value.code == "enrollment.closed"
