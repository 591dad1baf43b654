"""The chain shows any entry that was changed, dropped or moved."""

import pytest
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.events.fulfillment import IntakeReceived
from pharmonico.fulfillment.audit import act_of, append, verify
from pharmonico.fulfillment.recording import record

from tests.builders import a_clock, an_order


def a_trail(length: int = 4) -> MemoryAuditTrail:
    trail = MemoryAuditTrail()
    for _ in range(length):
        event = record(IntakeReceived, an_order(), before=None, clock=a_clock())
        append(act_of(event), trail=trail)
    return trail


def test_an_untouched_chain_holds() -> None:
    assert verify("rx_01TEST", trail=a_trail()) is None


def test_the_same_event_twice_is_one_entry() -> None:
    trail = MemoryAuditTrail()
    event = record(IntakeReceived, an_order(), before=None, clock=a_clock())
    assert append(act_of(event), trail=trail) == append(act_of(event), trail=trail)
    assert len(trail.chain("rx_01TEST")) == 1


def test_a_changed_entry_is_found() -> None:
    trail = a_trail()
    entry = trail.chain("rx_01TEST")[1]
    forged = entry.act.model_copy(update={"outcome": "denied"})
    trail._chains["rx_01TEST"][2] = entry.model_copy(update={"act": forged})
    assert verify("rx_01TEST", trail=trail) == 2


@pytest.mark.parametrize("dropped", [1, 2, 3])
def test_a_dropped_entry_is_found(dropped: int) -> None:
    trail = a_trail()
    del trail._chains["rx_01TEST"][dropped]
    assert verify("rx_01TEST", trail=trail) == dropped + 1


def test_reordered_entries_are_found() -> None:
    trail = a_trail()
    chain = trail._chains["rx_01TEST"]
    chain[2], chain[3] = chain[3], chain[2]
    assert verify("rx_01TEST", trail=trail) is not None
