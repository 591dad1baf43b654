"""One contract for every audit trail: chains that only grow, read from either end."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.dynamodb.audit import DynamoAuditTrail
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.audit import Act, append
from pharmonico.fulfillment.audit.checking import check
from pharmonico.fulfillment.audit.ports import HOUR
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON, a_clock

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit import AuditTrail
    from pharmonico.kit.clock import FixedClock

RX = "rx_1"


@pytest.fixture
def clock() -> FixedClock:
    return a_clock()


@pytest.fixture(params=["memory", "dynamodb"])
def trail(request: pytest.FixtureRequest, clock: FixedClock) -> AuditTrail:
    if request.param == "memory":
        return MemoryAuditTrail(clock=clock)
    client = request.getfixturevalue("dynamodb")
    client.create_table(
        TableName="audit",
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "seq", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "seq", "AttributeType": "N"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return DynamoAuditTrail(client, "audit", clock=clock)


def an_act(number: int, chain: str = RX) -> Act:
    return Act(act_id=f"act_{number}", at=NOON, actor=SYSTEM, action="read", resource=chain)


def test_a_chain_nobody_wrote_to_is_empty(trail: AuditTrail) -> None:
    assert trail.chain(RX) == trail.recent(RX, 5) == ()


def test_entries_come_in_order_from_either_end(trail: AuditTrail) -> None:
    for number in range(12):
        append(an_act(number), trail=trail)
    append(an_act(99, "rx_2"), trail=trail)
    assert [entry.sequence for entry in trail.chain(RX)] == list(range(1, 13))
    assert [entry.sequence for entry in trail.chain(RX, after=10)] == [11, 12]
    assert [entry.sequence for entry in trail.recent(RX, 3)] == [12, 11, 10]


def test_a_place_is_taken_once(trail: AuditTrail) -> None:
    entry = append(an_act(1), trail=trail)
    with pytest.raises(VersionConflict):
        trail.add(RX, entry, known_in=None)


def test_the_same_act_is_one_entry(trail: AuditTrail) -> None:
    first = append(an_act(1), trail=trail)
    append(an_act(2), trail=trail)
    assert append(an_act(1), trail=trail) == first
    assert len(trail.chain(RX)) == 2


def test_a_chain_goes_on_past_what_one_read_returns(
    trail: AuditTrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[type(trail).__module__], "CHAIN_MAX", 5)
    for number in range(12):
        append(an_act(number), trail=trail, fresh=True)
    assert len(trail.chain(RX)) == 5
    checked = check(RX, trail=trail)
    assert (checked.entries, checked.finding) == (12, None)


def test_links_are_the_texts_as_they_are_stored(trail: AuditTrail, clock: FixedClock) -> None:
    entries = [append(an_act(number), trail=trail) for number in range(3)]
    links = list(trail.links(RX, after=1))
    assert [link.text for link in links] == [each.model_dump_json() for each in entries[1:]]
    assert {(link.place, link.hour) for link in links} == {
        (place, clock.now().strftime(HOUR)) for place in (2, 3)
    }


def test_every_hour_knows_the_chains_that_grew_in_it(trail: AuditTrail, clock: FixedClock) -> None:
    first = clock.now().strftime(HOUR)
    for number, chain in enumerate(("rx_1", "rx_2", "rx_1")):
        append(an_act(number, chain), trail=trail)
    clock.advance(timedelta(hours=1))
    append(an_act(9, "rx_2"), trail=trail)
    grown = list(trail.grown(first))
    assert sorted(grown) == ["rx_1", "rx_2"]
    assert list(trail.grown(first, after=grown[0])) == grown[1:]
    assert list(trail.grown(clock.now().strftime(HOUR))) == ["rx_2"]
    assert list(trail.grown("2020-01-01T00")) == []


def test_a_chain_is_noted_once_in_an_hour(trail: AuditTrail, clock: FixedClock) -> None:
    append(an_act(1), trail=trail)
    assert trail.tail(RX, 1).hour == clock.now().strftime(HOUR)
    assert trail.tail("rx_unknown", 1).hour is None
