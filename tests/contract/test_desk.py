"""What every store of the desk must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.desk import DynamoDesk
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.fulfillment.desk.papers import LETTER, Filters, OpenFailure, View
from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON
from tests.contract.conftest import create_desk_table

if TYPE_CHECKING:
    from pharmonico.fulfillment.desk.ports import OpenFailures, Postings, Views

MANY = [f"rx_{number:03}" for number in range(120)]


@pytest.fixture(params=["memory", "dynamodb"])
def desk(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryDesk()
    client = request.getfixturevalue("dynamodb")
    create_desk_table(client)
    return DynamoDesk(client, "desk")


def test_prescriptions_stand_under_their_terms_newest_first(desk: Postings) -> None:
    desk.add("rx_1", {"a", "b"})
    desk.add("rx_2", {"a"})
    assert desk.under("a", after=None, limit=10) == ("rx_2", "rx_1")
    assert desk.under("a", after="rx_2", limit=10) == ("rx_1",)
    assert desk.under("a", after=None, limit=1, oldest_first=True) == ("rx_1",)
    assert desk.under("a", after="rx_1", limit=9, oldest_first=True) == ("rx_2",)
    assert desk.under("c", after=None, limit=10) == ()


def test_adding_and_dropping_twice_changes_nothing(desk: Postings) -> None:
    for _ in range(2):
        desk.add("rx_1", {"a", "b"})
    for _ in range(2):
        desk.drop("rx_1", {"a"})
    assert desk.under("a", after=None, limit=10) == ()
    assert desk.under("b", after=None, limit=10) == ("rx_1",)


def test_more_terms_than_one_write_takes(desk: Postings) -> None:
    terms = {f"t{number}" for number in range(60)}
    desk.add("rx_1", terms)
    assert all(desk.under(term, after=None, limit=1) == ("rx_1",) for term in terms)
    desk.drop("rx_1", terms)
    assert all(desk.under(term, after=None, limit=1) == () for term in terms)


def test_those_that_stand_under_a_term_are_told(desk: Postings) -> None:
    for each in MANY[::2]:
        desk.add(each, {"a"})
    assert desk.held_by("a", MANY) == frozenset(MANY[::2])
    assert desk.held_by("b", MANY) == frozenset()
    assert desk.held_by("a", []) == frozenset()


def test_what_is_noted_is_noted_on_the_version_that_was_read(desk: Postings) -> None:
    assert desk.indexed("rx_1") == Indexed()
    desk.note("rx_1", Indexed(frozenset({"a", "b"})))
    noted = desk.indexed("rx_1")
    assert (noted.terms, noted.version) == ({"a", "b"}, 1)
    with pytest.raises(VersionConflict):
        desk.note("rx_1", Indexed(frozenset({"c"})))
    desk.note("rx_1", Indexed(frozenset(), noted.version))
    assert desk.indexed("rx_1") == Indexed(frozenset(), 2)


def a_failure(order_id: str = "rx_1", version: int = 3, **changes: Any) -> OpenFailure:
    facts: dict[str, Any] = {
        "prescription_id": order_id,
        "version": version,
        "status": Status.FAILED,
        "step": "Ship",
        "machine": "fulfillment",
        "code": "payer.silent",
        "words": "The payer does not answer.",
        "first_seen": NOON,
        "last_seen": NOON,
        "count": 1,
        "effects": ("claim_paid",),
    }
    return OpenFailure(**{**facts, **changes})


def test_open_failures_are_read_back_and_closed(desk: OpenFailures) -> None:
    desk.put(a_failure("rx_2"))
    desk.put(a_failure("rx_1"))
    assert desk.open(limit=10) == (a_failure("rx_1"), a_failure("rx_2"))
    assert desk.open(limit=1) == (a_failure("rx_1"),)
    desk.close("rx_1", version=4)
    desk.close("rx_9", version=1)
    assert desk.open(limit=10) == (a_failure("rx_2"),)


def test_letters_that_failed_are_a_row_of_their_own(desk: OpenFailures) -> None:
    letters = a_failure(step=LETTER, machine="correspondence")
    desk.put(a_failure())
    desk.put(letters)
    desk.close("rx_1", version=2, step=LETTER)
    assert desk.open(limit=10) == (a_failure(), letters)
    assert desk.open(limit=1) == (a_failure(),)
    desk.close("rx_1", version=3)
    assert desk.open(limit=10) == (letters,)
    desk.close("rx_1", version=3, step=LETTER)
    assert desk.open(limit=10) == ()


def test_an_older_state_of_a_failure_never_replaces_a_newer(desk: OpenFailures) -> None:
    desk.put(a_failure(version=5))
    desk.put(a_failure(version=4, step="Route"))
    desk.close("rx_1", version=4)
    assert desk.open(limit=10) == (a_failure(version=5),)
    desk.put(a_failure(version=5, step="Route"))
    assert [row.step for row in desk.open(limit=10)] == ["Route"]


def a_view(view_id: str = "vw_1", **changes: Any) -> View:
    facts: dict[str, Any] = {
        "view_id": view_id,
        "owner": "ann",
        "name": "Rejected",
        "by": "ann",
        "tab": "adjudication",
        "filters": Filters(status=(Status.CLAIM_REJECTED,), created_from=NOON, on_hold=True),
        "columns": ("drug",),
        "saved_at": NOON,
    }
    return View(**{**facts, **changes})


def test_views_are_kept_by_whose_they_are(desk: Views) -> None:
    first, second = desk.save_view(a_view("vw_1")), desk.save_view(a_view("vw_2"))
    desk.save_view(a_view(owner="bob"))
    assert desk.views_of("ann") == (first, second)
    assert desk.view("ann", "vw_1") == a_view(version=1)
    assert desk.view("bob", "vw_2") is None


def test_a_view_is_written_and_deleted_on_the_version_that_was_read(desk: Views) -> None:
    first = desk.save_view(a_view())
    second = desk.save_view(first.model_copy(update={"name": "Mine"}))
    assert (second.version, desk.view("ann", "vw_1")) == (2, second)
    for late in (lambda: desk.save_view(first), lambda: desk.drop_view(first)):
        with pytest.raises(VersionConflict):
            late()
    desk.drop_view(second)
    assert desk.views_of("ann") == ()
    with pytest.raises(VersionConflict):
        desk.drop_view(second)
