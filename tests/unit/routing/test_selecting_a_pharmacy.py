"""Choosing: from the ranking, or against it with a reason; of two at once, one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.order import Order

import pytest
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.documents import Candidate, Ranking, RoutingOverride
from pharmonico.fulfillment.errors import IllegalMove, PharmacyFull
from pharmonico.fulfillment.loads import Slot
from pharmonico.fulfillment.routing.scoring import DEFAULT_WEIGHTS
from pharmonico.fulfillment.routing.selection import Choice, select_pharmacy
from pharmonico.fulfillment.status import FREES_SLOT, Status, may_move
from pharmonico.kit.errors import Conflict, Forbidden, Invalid, StaleRevision

from tests.builders import NOON, a_clock, published
from tests.prescribing import (
    RX,
    a_directory,
    a_need,
    a_pharmacy,
    licences,
    orders_with,
    the_order,
)

OPS = Actor(id="usr_ops", role="ops")
PHARMACIST = Actor(id="usr_rph", role="pharmacist")
RANKED = Ranking(
    policy_version="2026-11",
    weights=DEFAULT_WEIGHTS,
    need=a_need(),
    ranked_at=NOON,
    candidates=(
        Candidate(pharmacy_id="ph_0000001", name="One", score=90, miles=1, parts={}),
        Candidate(pharmacy_id="ph_0000002", name="Two", score=80, miles=2, parts={}),
    ),
)
WHY = {"reason": "patient_choice", "note": "Knows the staff there."}
TODAY = NOON.date()


def ranked(status: Status = Status.AWAITING_PHARMACY_SELECTION, **asked: Any) -> MemoryOrders:
    ranking = RANKED.model_copy(update={"need": a_need(**asked)})
    return orders_with(ranking, status=status)


def chosen(
    orders: MemoryOrders,
    pharmacy_id: str = "ph_0000001",
    *,
    actor: Actor = OPS,
    directory: Directory | None = None,
    why: dict[str, str] | None = None,
    **changes: Any,
) -> Order:
    facts = {
        "expected_revision": the_order(orders).revision,
        "orders": orders,
        "clock": a_clock(),
        **changes,
    }
    known = directory or a_directory(a_pharmacy(1), a_pharmacy(2), a_pharmacy(9))
    choice = Choice(pharmacy_id, **(why or {}))
    return select_pharmacy(RX, choice, actor=actor, directory=known, **facts)


def taken(orders: MemoryOrders, pharmacy_id: str) -> int:
    return orders.loads.taken({pharmacy_id: TODAY})[pharmacy_id]


def test_a_ranked_pharmacy_is_chosen_in_one_write() -> None:
    orders = ranked()
    order = chosen(orders, "ph_0000002")
    assert (order.status, order.pharmacy_id) == (Status.PHARMACY_SELECTED, "ph_0000002")
    ranking = orders.document(RX, Ranking)
    assert (ranking.selected, ranking.selected_by) == ("ph_0000002", "usr_ops")
    assert published(orders) == ["pharmacy_selected"]
    assert orders.events[0].meta.actor == OPS


def test_of_two_who_choose_at_once_one_wins() -> None:
    orders = ranked()
    seen = the_order(orders).revision
    chosen(orders, "ph_0000001", expected_revision=seen)
    with pytest.raises(StaleRevision):
        chosen(orders, "ph_0000002", expected_revision=seen)
    assert the_order(orders).pharmacy_id == "ph_0000001"
    assert published(orders) == ["pharmacy_selected"]


def test_what_does_not_wait_for_a_choice_gets_none() -> None:
    with pytest.raises(IllegalMove):
        chosen(ranked(Status.AWAITING_ROUTING))


def test_a_pharmacy_outside_the_ranking_needs_a_code_and_words() -> None:
    with pytest.raises(Invalid) as refused:
        chosen(ranked(), "ph_0000009")
    assert [error.code for error in refused.value.errors] == ["override.reason", "override.note"]


def test_an_override_is_kept_with_its_reason() -> None:
    orders = ranked()
    chosen(orders, "ph_0000009", why=WHY)
    ranking = orders.document(RX, Ranking)
    assert (ranking.override_reason, ranking.override_note) == tuple(WHY.values())
    (override,) = orders.documents(RX, RoutingOverride)
    assert (override.pharmacy_id, override.by, override.role) == ("ph_0000009", "usr_ops", "ops")
    assert (override.reason, override.note, override.gates) == (*WHY.values(), ())
    assert published(orders) == ["pharmacy_selected", "pharmacy_overridden"]
    assert orders.events[1].data.reason == "patient_choice"


def test_a_reason_given_for_a_ranked_pharmacy_is_not_an_override() -> None:
    orders = ranked()
    chosen(orders, "ph_0000001", why=WHY)
    assert orders.document(RX, Ranking).override_reason is None
    assert orders.documents(RX, RoutingOverride) == ()
    assert published(orders) == ["pharmacy_selected"]


def test_a_pharmacy_nobody_knows_cannot_be_chosen() -> None:
    with pytest.raises(Invalid, match="no such pharmacy"):
        chosen(ranked(), "ph_0000404", why=WHY)


def test_an_override_opens_preferences_and_never_the_law() -> None:
    outside = a_directory(a_pharmacy(9, accepting=False, networks={}))
    orders = ranked()
    assert chosen(orders, "ph_0000009", directory=outside, why=WHY).pharmacy_id == "ph_0000009"
    (override,) = orders.documents(RX, RoutingOverride)
    assert override.gates == ("pharmacy.not_accepting", "network.out_of_plan")
    unlicensed = a_directory(a_pharmacy(9, licences=licences("KY")))
    with pytest.raises(Conflict, match=r"license\.state"):
        chosen(ranked(), "ph_0000009", directory=unlicensed, why=WHY)
    unregistered = a_directory(a_pharmacy(9, dea_schedules={"CIV"}))
    with pytest.raises(Conflict, match=r"controlled\.not_registered"):
        chosen(
            ranked(schedule="CII"), "ph_0000009", directory=unregistered, why=WHY, actor=PHARMACIST
        )


def test_a_ranked_pharmacy_that_has_closed_since_needs_a_reason_too() -> None:
    shut = a_directory(a_pharmacy(1, is_open=False))
    with pytest.raises(Invalid):
        chosen(ranked(), directory=shut)
    orders = ranked()
    chosen(orders, directory=shut, why=WHY)
    assert orders.documents(RX, RoutingOverride)[0].gates == ("pharmacy.closed",)


def test_only_a_pharmacist_moves_a_controlled_substance_elsewhere() -> None:
    addressed = {"schedule": "CIV", "addressed_to": "ph_0000001"}
    with pytest.raises(Forbidden):
        chosen(ranked(**addressed), "ph_0000009", why=WHY)
    moved = chosen(ranked(**addressed), "ph_0000009", actor=PHARMACIST, why=WHY)
    assert moved.pharmacy_id == "ph_0000009"


def test_a_choice_takes_a_place_in_the_pharmacys_day() -> None:
    orders = ranked()
    order = chosen(orders)
    assert order.slot == Slot(pharmacy_id="ph_0000001", day=TODAY, capacity=100)
    assert taken(orders, "ph_0000001") == 1


def test_the_last_place_is_taken_once_and_by_no_override() -> None:
    small = a_directory(a_pharmacy(1, capacity=1), a_pharmacy(9, capacity=0))
    orders = ranked()
    orders.loads.put("ph_0000001", TODAY, 1)
    for pharmacy_id in ("ph_0000001", "ph_0000009"):
        with pytest.raises(PharmacyFull):
            chosen(orders, pharmacy_id, directory=small, why=WHY)
    order = the_order(orders)
    assert (order.status, order.slot) == (Status.AWAITING_PHARMACY_SELECTION, None)
    assert published(orders) == []


def test_a_cancelled_prescription_frees_its_place_once() -> None:
    orders = ranked()
    chosen(orders)
    for _ in range(2):
        cancel(RX, reason="ops", actor=OPS, orders=orders, clock=a_clock())
    assert taken(orders, "ph_0000001") == 0
    assert the_order(orders).slot is None


@pytest.mark.parametrize("end", sorted(FREES_SLOT))
def test_whoever_goes_back_or_comes_to_an_end_frees_the_place(end: Status) -> None:
    before = next(status for status in Status if may_move(status, end))
    slot = Slot(pharmacy_id="ph_0000001", day=TODAY, capacity=5)
    orders = orders_with(status=before, slot=slot)
    orders.loads.put("ph_0000001", TODAY, 3)
    orders.save(the_order(orders).moved(end, at=NOON))
    assert (taken(orders, "ph_0000001"), the_order(orders).slot) == (2, None)


def test_a_completed_prescription_has_taken_its_place() -> None:
    slot = Slot(pharmacy_id="ph_0000001", day=TODAY, capacity=5)
    orders = orders_with(status=Status.DELIVERED, slot=slot)
    orders.loads.put("ph_0000001", TODAY, 3)
    orders.save(the_order(orders).moved(Status.COMPLETED, at=NOON))
    assert taken(orders, "ph_0000001") == 3


def test_a_failure_keeps_the_place_for_the_redrive() -> None:
    orders = ranked()
    chosen(orders)
    orders.save(the_order(orders).moved(Status.FAILED, at=NOON, failed_from="pharmacy_selected"))
    assert taken(orders, "ph_0000001") == 1


def test_who_was_refused_everywhere_is_taken_up_again_by_a_choice_against_the_ranking() -> None:
    orders = ranked(Status.NO_PHARMACY, schedule="CIV", addressed_to="ph_0000404")
    order = chosen(orders, "ph_0000009", actor=PHARMACIST, why=WHY)
    assert (order.status, order.run, order.owner) == (Status.PHARMACY_SELECTED, 2, None)
    assert published(orders) == ["pharmacy_selected", "pharmacy_overridden", "prescription_resumed"]
    assert orders.events[-1].data.resume_at == "Adjudicate"
