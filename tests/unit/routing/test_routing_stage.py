"""Routing: a ranking for ops to choose from, or a prescription that rests for want of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.machine.work import Outcome, Work

import pytest
from pharmonico.fulfillment.adjudication.papers import Billing
from pharmonico.fulfillment.dispensing.papers import Refusal
from pharmonico.fulfillment.documents import Insurance, Ranking
from pharmonico.fulfillment.machine.waiting import WAITING
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED
from pharmonico.fulfillment.routing.gates import REASONS
from pharmonico.fulfillment.routing.scoring import DEFAULT_WEIGHTS, Policy
from pharmonico.fulfillment.routing.stage import NOBODY, NOWHERE, ROUTED, route
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, NOON, a_clock, opening, published, work
from tests.prescribing import (
    RX,
    ZOLPIDEM,
    a_delivery,
    a_directory,
    a_pharmacy,
    a_script,
    a_validation,
    an_enrollment,
    orders_with,
    the_order,
)

READY = Status.AWAITING_ROUTING


def routed(orders: MemoryOrders, *pharmacies: Pharmacy, **changes: Any) -> Outcome:
    return routed_by(work(**changes), orders, *pharmacies)


def routed_by(task: Work, orders: MemoryOrders, *pharmacies: Pharmacy) -> Outcome:
    directory = a_directory(*pharmacies)
    return route(
        task,
        orders=orders,
        directory=directory,
        rosters=directory,
        loads=orders.loads,
        policy=Policy(),
        clock=a_clock(),
    )


def ready(**changes: Any) -> MemoryOrders:
    papers = (a_script(), a_validation(), an_enrollment(**changes))
    return orders_with(*papers, status=READY)


def test_the_ranking_is_attached_and_ops_are_asked() -> None:
    orders = ready()
    orders.loads.put("ph_0000001", NOON.date(), 90)
    orders.loads.put("ph_0000003", NOON.date(), 100)
    assert routed(orders, a_pharmacy(1), a_pharmacy(2), a_pharmacy(3)) == ROUTED
    ranking = orders.document(RX, Ranking)
    assert [candidate.pharmacy_id for candidate in ranking.candidates] == [
        "ph_0000002",
        "ph_0000001",
    ]
    assert [entry.reasons for entry in ranking.excluded] == [("capacity.full",)]
    assert (ranking.policy_version, ranking.weights) == ("2026-11", DEFAULT_WEIGHTS)
    assert (ranking.need.state, ranking.need.network) == ("OH", "medicare")
    order = the_order(orders)
    assert (order.status, order.plan) == (Status.AWAITING_PHARMACY_SELECTION, "610014-MEDDPRIME")
    assert published(orders) == ["pharmacies_recommended"]


def test_the_token_of_the_wait_behind_it_is_left_in_the_same_write() -> None:
    orders, opens = ready(), opening(WaitName.SELECTION)
    assert routed_by(opens, orders, a_pharmacy(1)) == WAITING
    order = the_order(orders)
    assert order.status is Status.AWAITING_PHARMACY_SELECTION
    assert order.wait is not None
    assert (order.wait.name, order.wait.token) == (WaitName.SELECTION, opens.token)
    assert routed_by(opening(WaitName.SELECTION, token="token-2"), orders) == ROUTED


def test_for_nobody_who_may_fill_it_no_token_is_left() -> None:
    orders = ready()
    assert routed_by(opening(WaitName.SELECTION), orders) == HELD
    assert the_order(orders).wait is None


def test_routing_twice_is_routing_once() -> None:
    orders = ready()
    assert [routed(orders, a_pharmacy()), routed(orders, a_pharmacy())] == [ROUTED, ROUTED]
    assert published(orders) == ["pharmacies_recommended"]


def test_who_would_not_dispense_it_is_not_asked_again() -> None:
    orders = ready()
    facts = {"reason": "out_of_stock", "note": "none left", "by": "usr_1", "at": NOON}
    orders.put_document(RX, Refusal(pharmacy_id="ph_0000001", **facts))
    orders.save(the_order(orders).model_copy(update={"run": 2}))
    assert routed(orders, a_pharmacy(1), a_pharmacy(2), run=2) == ROUTED
    ranking = orders.document(RX, Ranking)
    assert [each.pharmacy_id for each in ranking.candidates] == ["ph_0000002"]
    assert [each.reasons for each in ranking.excluded] == [("pharmacy.refused",)]
    assert REASONS["pharmacy.refused"]


@pytest.mark.parametrize(
    ("billing", "plan", "network"),
    [
        (
            {"insurance": Insurance(bin="999999", pcn="OTHER", member_id="M1")},
            "999999-OTHER",
            None,
        ),
        ({"is_cash": True}, None, None),
        ({}, "610014-MEDDPRIME", "medicare"),
    ],
)
def test_routed_again_it_goes_by_who_is_billed_now(
    billing: dict[str, Any], plan: str | None, network: str | None
) -> None:
    orders = ready()
    orders.put_document(RX, Billing(**billing))
    orders.save(the_order(orders).model_copy(update={"run": 2}))
    assert routed(orders, a_pharmacy(1), run=2) == ROUTED
    assert orders.document(RX, Ranking).need.network == network
    assert the_order(orders).plan == plan


def test_at_most_ten_are_recommended() -> None:
    orders = ready()
    routed(orders, *(a_pharmacy(number) for number in range(20)))
    assert len(orders.document(RX, Ranking).candidates) == 10


def test_nobody_who_may_fill_it_is_a_hold_with_the_reasons_kept() -> None:
    orders = ready()
    assert routed(orders, a_pharmacy(is_open=False)) == HELD
    order = the_order(orders)
    assert (order.status, order.hold_reason, order.owner) == (Status.NO_PHARMACY, NOBODY, None)
    assert orders.document(RX, Ranking).excluded[0].reasons == ("pharmacy.closed",)
    assert published(orders) == ["no_pharmacy_found"]


def test_an_address_nobody_can_locate_is_a_hold_of_its_own() -> None:
    orders = ready(delivery=a_delivery("00000"))
    assert routed(orders, a_pharmacy()) == HELD
    assert the_order(orders).hold_reason == NOWHERE


def test_a_second_routing_replaces_the_first_ranking() -> None:
    orders = ready()
    assert routed(orders) == HELD
    order = the_order(orders)
    again = order.moved(READY, at=order.updated_at, run=2)
    orders.save(again)
    assert routed(orders, a_pharmacy(), run=2) == ROUTED
    assert len(orders.document(RX, Ranking).candidates) == 1


def test_a_controlled_substance_is_ranked_at_the_addressed_pharmacy_alone() -> None:
    papers = (
        a_script("newrx_controlled_civ"),
        a_validation(ndc=ZOLPIDEM.ndc11, dea_schedule="CIV"),
        an_enrollment(),
    )
    orders = orders_with(*papers, status=READY)
    addressed = a_pharmacy(2109886, lat=41.0)
    assert routed(orders, a_pharmacy(1), addressed) == ROUTED
    assert [c.pharmacy_id for c in orders.document(RX, Ranking).candidates] == ["ph_2109886"]


@pytest.mark.parametrize("changes", [{"owner": EXECUTION + "-other"}, {"run": 2}])
def test_an_execution_that_does_not_own_it_routes_nothing(changes: dict[str, Any]) -> None:
    orders = orders_with(a_validation(), an_enrollment(), status=READY, **changes)
    assert routed(orders, a_pharmacy()) == SUPERSEDED
    assert published(orders) == []
