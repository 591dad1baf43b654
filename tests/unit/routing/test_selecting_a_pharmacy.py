"""Choosing: from the ranking, or against it with a reason; of two at once, one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.documents import Validation
    from pharmonico.fulfillment.order import Order

import pytest
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Candidate, Ranking
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.routing.selection import select_pharmacy
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Forbidden, Invalid, StaleRevision

from tests.builders import NOON, a_clock, published
from tests.prescribing import (
    RX,
    ZOLPIDEM,
    a_directory,
    a_pharmacy,
    a_script,
    a_validation,
    an_enrollment,
    orders_with,
    the_order,
)

OPS = Actor(id="usr_ops", role="ops")
PHARMACIST = Actor(id="usr_rph", role="pharmacist")
RANKED = Ranking(
    policy_version="2026-11",
    ranked_at=NOON,
    candidates=(
        Candidate(pharmacy_id="ph_0000001", name="One", score=90, miles=1, parts={}),
        Candidate(pharmacy_id="ph_0000002", name="Two", score=80, miles=2, parts={}),
    ),
)
WHY = {"override_reason": "patient_choice", "override_note": "Knows the staff there."}


def ranked(
    status: Status = Status.AWAITING_PHARMACY_SELECTION, validation: Validation | None = None
) -> MemoryOrders:
    papers = (RANKED, validation or a_validation(), an_enrollment())
    return orders_with(*papers, a_script("newrx_controlled_civ"), status=status)


def chosen(
    orders: MemoryOrders,
    pharmacy_id: str = "ph_0000001",
    *,
    actor: Actor = OPS,
    directory: Directory | None = None,
    **changes: Any,
) -> Order:
    facts = {
        "expected_revision": the_order(orders).revision,
        "orders": orders,
        "clock": a_clock(),
        **changes,
    }
    known = directory or a_directory(a_pharmacy(9))
    return select_pharmacy(RX, pharmacy_id, actor=actor, directory=known, **facts)


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
    chosen(orders, "ph_0000009", **WHY)
    ranking = orders.document(RX, Ranking)
    assert (ranking.override_reason, ranking.override_note) == tuple(WHY.values())


def test_a_reason_given_for_a_ranked_pharmacy_is_not_an_override() -> None:
    orders = ranked()
    chosen(orders, "ph_0000001", **WHY)
    assert orders.document(RX, Ranking).override_reason is None


def test_a_pharmacy_nobody_knows_cannot_be_chosen() -> None:
    with pytest.raises(Invalid, match="no such pharmacy"):
        chosen(ranked(), "ph_0000404", **WHY)


def test_an_override_opens_preferences_and_never_the_law() -> None:
    full = a_directory(a_pharmacy(9, load=100, networks={}))
    assert chosen(ranked(), "ph_0000009", directory=full, **WHY).pharmacy_id == "ph_0000009"
    unlicensed = a_directory(a_pharmacy(9, licensed_states={"KY"}))
    with pytest.raises(Conflict, match=r"license\.state"):
        chosen(ranked(), "ph_0000009", directory=unlicensed, **WHY)


def test_only_a_pharmacist_moves_a_controlled_substance_elsewhere() -> None:
    facts = a_validation(ndc=ZOLPIDEM.ndc11, dea_schedule="CIV")
    with pytest.raises(Forbidden):
        chosen(ranked(validation=facts), "ph_0000009", **WHY)
    moved = chosen(ranked(validation=facts), "ph_0000009", actor=PHARMACIST, **WHY)
    assert moved.pharmacy_id == "ph_0000009"
