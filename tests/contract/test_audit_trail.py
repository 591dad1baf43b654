"""One contract for every audit trail: chains that only grow, read from either end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.dynamodb.audit import DynamoAuditTrail
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.audit import Act, append, every, verify
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit import AuditTrail

RX = "rx_1"


@pytest.fixture(params=["memory", "dynamodb"])
def trail(request: pytest.FixtureRequest) -> AuditTrail:
    if request.param == "memory":
        return MemoryAuditTrail()
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
    return DynamoAuditTrail(client, "audit")


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
        trail.add(RX, entry)


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
    assert [entry.sequence for entry in every(RX, trail=trail)] == list(range(1, 13))
    assert verify(RX, trail=trail) is None
