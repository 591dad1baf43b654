"""Why this ranking, and why not another pharmacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Ranking
from pharmonico.fulfillment.routing.explaining import WhyNot, explain
from pharmonico.fulfillment.routing.scoring import DEFAULT_WEIGHTS, Policy
from pharmonico.fulfillment.routing.search import search
from pharmonico.fulfillment.routing.selection import Choice, select_pharmacy
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import NotFound

from tests.builders import NOON, a_clock
from tests.prescribing import (
    RX,
    a_directory,
    a_need,
    a_pharmacy,
    licences,
    orders_with,
    the_order,
)

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.routing.explaining import Routing

DIRECTORY = a_directory(
    a_pharmacy(1),
    a_pharmacy(2, lat=41.0),
    a_pharmacy(3, is_open=False, networks={}),
    a_pharmacy(4, licences=licences("KY"), dea_schedules={"CIV"}),
    a_pharmacy(5, lat=61.2, lon=-149.9, on_time_rate=0.0),
)
POLICY = Policy(version="two", candidates_max=2)


def ranked(policy: Policy = POLICY, **asked: Any) -> MemoryOrders:
    need, orders = a_need(**asked), orders_with(status=Status.AWAITING_PHARMACY_SELECTION)
    found = search(need, directory=DIRECTORY, rosters=DIRECTORY, loads=orders.loads, policy=policy)
    ranking = Ranking(
        policy_version=policy.version,
        weights=policy.weights,
        need=need,
        candidates=found.candidates,
        excluded=found.excluded,
        ranked_at=NOON,
    )
    orders.put_document(RX, ranking)
    return orders


def explained(orders: MemoryOrders, asked: str | None = None) -> Routing:
    return explain(
        RX, asked, orders=orders, directory=DIRECTORY, loads=orders.loads, clock=a_clock()
    )


def why_not(orders: MemoryOrders, asked: str) -> WhyNot:
    answer = explained(orders, asked).asked
    assert answer is not None
    return answer


def test_every_score_is_the_sum_of_its_parts_by_the_weights_shown() -> None:
    shown = explained(ranked())
    assert [(each.rank, each.pharmacy_id) for each in shown.candidates] == [
        (1, "ph_0000001"),
        (2, "ph_0000002"),
    ]
    assert (shown.policy_version, shown.weights) == ("two", DEFAULT_WEIGHTS)
    for each in shown.candidates:
        assert each.score == pytest.approx(sum(part.points for part in each.parts.values()))
        for name, part in each.parts.items():
            assert part.weight == shown.weights[name]
            assert part.points == pytest.approx(100 * part.weight * part.share)


def test_those_nearby_who_are_refused_are_told_with_plain_words() -> None:
    refused = {each.pharmacy_id: each.reasons for each in explained(ranked()).excluded}
    assert {name: [each.code for each in reasons] for name, reasons in refused.items()} == {
        "ph_0000003": ["pharmacy.closed", "network.out_of_plan"],
        "ph_0000004": ["license.state"],
    }
    assert refused["ph_0000004"][0].words == "It is not licensed to ship to the patient's state."


def test_a_ranked_pharmacy_has_its_rank_and_nothing_against_it() -> None:
    answer = why_not(ranked(), "ph_0000002")
    assert (answer.rank, answer.reasons, answer.opened_by) == (2, [], "nobody_needed")


def test_a_pharmacy_that_is_only_not_good_enough_has_its_score_and_no_rank() -> None:
    orders = ranked()
    answer = why_not(orders, "ph_0000005")
    assert (answer.rank, answer.reasons, answer.opened_by) == (None, [], "reason")
    assert answer.score < explained(orders).candidates[-1].score


@pytest.mark.parametrize("asked", ["ph_0000003", "0000003"])
def test_a_pharmacy_is_asked_about_by_either_id(asked: str) -> None:
    answer = why_not(ranked(), asked)
    assert [each.code for each in answer.reasons] == ["pharmacy.closed", "network.out_of_plan"]
    assert answer.opened_by == "reason"


def test_the_law_is_opened_by_nobody_and_so_is_a_full_day() -> None:
    orders = ranked()
    assert why_not(orders, "ph_0000004").opened_by == "nobody"
    orders.loads.put("ph_0000005", NOON.date(), 100)
    full = why_not(orders, "ph_0000005")
    assert (full.opened_by, full.load, full.capacity) == ("nobody", 100, 100)
    assert [each.code for each in full.reasons] == ["capacity.full"]


def test_a_controlled_substance_is_opened_by_a_pharmacist() -> None:
    answer = why_not(ranked(schedule="CII", addressed_to="ph_0000001"), "ph_0000002")
    assert [each.code for each in answer.reasons] == ["controlled.addressed_elsewhere"]
    assert answer.opened_by == "pharmacist"


def test_a_choice_against_the_ranking_is_shown_with_who_why_and_against_what() -> None:
    orders = ranked()
    select_pharmacy(
        RX,
        Choice("ph_0000003", "continuity", "She has always been there."),
        actor=Actor(id="usr_ops", role="ops"),
        expected_revision=the_order(orders).revision,
        orders=orders,
        directory=DIRECTORY,
        clock=a_clock(),
    )
    shown = explained(orders)
    (override,) = shown.overrides
    assert (shown.selected, shown.selected_by) == ("ph_0000003", "usr_ops")
    assert (override.reason, override.by, override.role) == ("continuity", "usr_ops", "ops")
    assert override.note == "She has always been there."
    assert [each.code for each in override.gates] == ["pharmacy.closed", "network.out_of_plan"]


def test_what_was_never_ranked_and_who_is_unknown_is_not_found() -> None:
    with pytest.raises(NotFound, match="not been ranked"):
        explained(orders_with(status=Status.VALIDATED))
    for asked in ("0000404", "ph_x"):
        with pytest.raises(NotFound, match="no such pharmacy"):
            explained(ranked(), asked)
