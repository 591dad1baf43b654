"""The lists of ops: filters that find, pages that neither repeat nor forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cloud.door import PRESCRIPTIONS, problem
from tests.cloud.finding import found

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


def ids(world: World, **query: str) -> list[str]:
    return [row["id"] for row in world.ops.read(PRESCRIPTIONS, **query)["items"]]


@pytest.fixture
def three(world: World) -> list[Prescription]:
    """Newest last: one validated, one awaiting its enrollment, one cancelled."""
    made = [world.a_prescription(), world.a_prescription(at="awaiting_enrollment")]
    made.append(world.a_prescription())
    made[2].ops_do("cancel")
    return made


def test_filters_narrow_and_combine(world: World, three: list[Prescription]) -> None:
    fresh, invited, cancelled = (rx.id for rx in three)
    since = {"from": three[0].stored["created_at"], "limit": "100"}
    assert ids(world, **since) == [cancelled, invited, fresh]
    assert ids(world, **since, status="awaiting_enrollment") == [invited]
    assert [row["id"] for row in found(world, three[1].message.mark)] == [invited]
    assert ids(world, q=three[1].message.mark.lower()[:4] + " jordan", **since) == [invited]
    assert ids(world, q=invited) == [invited]
    assert ids(world, q=three[1].message.mark, status="cancelled") == []
    until = three[1].stored["created_at"]
    assert ids(world, **since, to=until)[-1] == fresh
    assert cancelled not in ids(world, **since, to=until)
    several = {**since, "status": ["validated", "cancelled"]}
    both = world.door.get(PRESCRIPTIONS, params=several).json()["items"]
    assert [row["id"] for row in both] == [cancelled, fresh]


def test_plan_and_pharmacy_filters_know_a_routed_prescription(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    since = rx.stored["created_at"]
    pharmacy, plan = rx.stored["pharmacy_id"], rx.stored["plan"]
    assert plan == "610014-MEDDPRIME"
    assert ids(world, **{"from": since}, pharmacy=pharmacy, plan=plan) == [rx.id]
    assert ids(world, **{"from": since}, pharmacy="ph_0000000") == []
    assert ids(world, **{"from": since}, plan="004336-ADV") == []


def test_cursors_lead_through_every_page_once(world: World, three: list[Prescription]) -> None:
    query = {"from": three[0].stored["created_at"], "limit": "2"}
    first = world.ops.read(PRESCRIPTIONS, **query)
    second = world.ops.read(PRESCRIPTIONS, **query, cursor=first["next_cursor"])
    assert [row["id"] for row in first["items"] + second["items"]] == [
        rx.id for rx in reversed(three)
    ]
    assert second["next_cursor"] is None


def test_a_cursor_belongs_to_its_list(world: World, three: list[Prescription]) -> None:
    query = {"from": three[0].stored["created_at"], "limit": "1"}
    cursor = world.ops.read(PRESCRIPTIONS, **query)["next_cursor"]
    for foreign in ({**query, "status": "validated"}, {**query, "q": "x"}):
        answer = world.door.get(PRESCRIPTIONS, params={**foreign, "cursor": cursor})
        assert problem(answer) == (422, "request.bad_cursor")
    forged = cursor[:-4] + ("AAAA" if not cursor.endswith("AAAA") else "BBBB")
    for bad in (forged, "not-a-cursor", "é"):
        answer = world.door.get(PRESCRIPTIONS, params={**query, "cursor": bad})
        assert problem(answer)[0] == 422


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"status": "lost"}, {"from": "yesterday"}]
)
def test_a_filter_that_means_nothing_is_refused(world: World, query: dict[str, str]) -> None:
    answer = world.door.get(PRESCRIPTIONS, params=query)
    assert problem(answer)[0] == 422
    assert answer.json()["errors"]
