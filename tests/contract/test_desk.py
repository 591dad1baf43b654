"""What every store of the desk must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.desk import DynamoDesk
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.kit.errors import VersionConflict

from tests.contract.conftest import create_desk_table

if TYPE_CHECKING:
    from pharmonico.fulfillment.desk.ports import Postings

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
