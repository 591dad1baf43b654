"""The table of legal moves is the only place that knows them."""

import itertools

import pytest
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.status import (
    IN_MACHINE,
    RESUME_AT,
    STRAIGHT_WAY,
    TERMINAL,
    Status,
    may_move,
    reached,
)

from tests.builders import NOON, an_order

STEPS = list(itertools.pairwise(STRAIGHT_WAY))


@pytest.mark.parametrize(("origin", "target"), STEPS)
def test_the_straight_way_is_legal_step_by_step(origin: Status, target: Status) -> None:
    assert may_move(origin, target)


@pytest.mark.parametrize("status", sorted(TERMINAL))
def test_nothing_leaves_a_terminal_status(status: Status) -> None:
    assert not [target for target in Status if may_move(status, target)]


@pytest.mark.parametrize("status", [Status.IN_TRANSIT, Status.DELIVERED, Status.COMPLETED])
def test_nothing_is_cancelled_after_the_first_scan(status: Status) -> None:
    assert not may_move(status, Status.CANCELLED)


def test_every_status_in_the_machine_knows_where_to_resume() -> None:
    assert set(RESUME_AT) == IN_MACHINE


def test_every_resting_status_has_a_way_on() -> None:
    resting = set(Status) - set(STRAIGHT_WAY) - TERMINAL
    assert not [s for s in resting if not any(may_move(s, target) for target in Status)]


def test_an_illegal_move_is_refused_by_name() -> None:
    with pytest.raises(IllegalMove) as refusal:
        an_order().moved(Status.PAID, at=NOON)
    assert refusal.value.code == "order.illegal_move"


def test_side_states_have_reached_no_milestone() -> None:
    assert not reached(Status.CANCELLED, Status.RECEIVED)
    assert reached(Status.PAID, Status.ADJUDICATED)
