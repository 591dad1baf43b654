"""An append whose first look is a moment old: the chain and its entries are as if it were not."""

from __future__ import annotations

import pytest
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.audit import Act, Tail, append
from pharmonico.fulfillment.audit.checking import check

from tests.builders import NOON, a_clock

RX = "rx_1"


class Late(MemoryAuditTrail):
    """Shows the chain as it was so many entries ago, unless it is asked to be sure."""

    behind = 0

    def tail(self, name: str, limit: int, *, consistent: bool = True) -> Tail:
        if consistent:
            return super().tail(name, limit)
        entries = self.recent(name, limit + self.behind)[self.behind :][:limit]
        return Tail(entries, None)


def an_act(number: int) -> Act:
    return Act(act_id=f"act_{number}", at=NOON, actor=SYSTEM, action="read", resource=RX)


@pytest.mark.parametrize("behind", [1, 2, 5])
@pytest.mark.parametrize("fresh", [False, True])
def test_what_it_missed_is_found_at_the_next_try(behind: int, fresh: bool) -> None:
    trail = Late(clock=a_clock())
    for number in range(3):
        append(an_act(number), trail=trail)
    trail.behind = behind
    added = append(an_act(3), trail=trail, fresh=fresh)
    assert (added.sequence, len(trail.chain(RX))) == (4, 4)
    assert check(RX, trail=trail).finding is None


@pytest.mark.parametrize("number", range(3))
def test_an_act_that_it_missed_is_still_one_entry(number: int) -> None:
    trail = Late(clock=a_clock())
    known = [append(an_act(each), trail=trail) for each in range(3)]
    trail.behind = 3
    assert append(an_act(number), trail=trail) == known[number]
    assert len(trail.chain(RX)) == 3
