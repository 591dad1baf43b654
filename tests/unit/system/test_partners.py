"""When a partner is left alone, and what is noted of it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from pharmonico.adapters import partners as adapters
from pharmonico.adapters.memory.partners import MemoryPartners
from pharmonico.fulfillment.partners import NOTE_EVERY, OPENS_AT, PAUSE, Watch
from pharmonico.fulfillment.shipping.carriers import PurchasePending
from pharmonico.kit.errors import Rejected, Unavailable
from pharmonico.kit.settings import settings

from tests.breaking import broken
from tests.builders import NOON, a_clock

CODE = "payer.no_answer"
SILENT = Unavailable(CODE, "The payer did not answer.")


class Line:
    """One partner, as two processes see it."""

    def __init__(self) -> None:
        self.clock = a_clock()
        self.states = MemoryPartners()
        self.here, self.there = self.process(), self.process()

    def process(self) -> Watch:
        return Watch("payer", states=self.states, clock=self.clock)

    def down(self, watch: Watch | None = None, times: int = OPENS_AT) -> None:
        for _ in range(times):
            (watch or self.here).failed(CODE)

    @property
    def circuit(self) -> str:
        return self.states.state("payer").circuit(self.clock.now())


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_few_failures_open_nothing(line: Line) -> None:
    line.down(times=OPENS_AT - 1)
    line.here.admit()
    assert line.circuit == "closed"


def test_an_open_circuit_refuses_with_the_last_failures_code(line: Line) -> None:
    line.down()
    assert line.circuit == "open"
    with pytest.raises(Unavailable) as refused:
        line.here.admit()
    assert refused.value.code == CODE


def test_one_call_goes_through_to_try_and_its_failure_keeps_it_open(line: Line) -> None:
    line.down()
    line.there.failed(CODE)
    line.clock.advance(PAUSE)
    assert line.circuit == "half_open"
    line.here.admit()
    with pytest.raises(Unavailable):
        line.there.admit()
    line.here.failed(CODE)
    assert line.circuit == "open"


def test_the_first_answer_closes_it_for_everybody_at_once(line: Line) -> None:
    line.down(line.here)
    line.there.failed(CODE)
    with pytest.raises(Unavailable):
        line.there.admit()
    line.clock.advance(PAUSE)
    line.here.admit()
    line.here.succeeded()
    assert line.circuit == "closed"
    line.there.admit()


def test_another_process_learns_by_one_failure_of_its_own(line: Line) -> None:
    line.down(line.here)
    line.there.admit()
    line.there.failed(CODE)
    with pytest.raises(Unavailable):
        line.there.admit()


def test_while_a_partner_is_well_nothing_is_read(line: Line) -> None:
    line.here.succeeded()
    with broken(line.states, "state"), broken(line.states, "claim_try"):
        line.here.admit()
        line.here.succeeded()
    assert line.states.state("payer").succeeded_at == NOON


def test_successes_are_noted_now_and_then_and_at_once_after_a_failure(line: Line) -> None:
    def noted() -> object:
        return line.states.state("payer").succeeded_at

    line.here.succeeded()
    line.clock.advance(NOTE_EVERY / 2)
    line.here.succeeded()
    assert noted() == NOON
    line.here.failed(CODE)
    line.here.succeeded()
    assert noted() == NOON + NOTE_EVERY / 2
    line.clock.advance(NOTE_EVERY)
    line.here.succeeded()
    assert noted() == line.clock.now()


class Door:
    """A partner's adapter that does as it is told."""

    def __init__(self, outcome: Exception | str) -> None:
        self.outcome = outcome
        self.asked = 0

    def send(self, _message: bytes, *, to: str = "") -> str:
        self.asked += 1
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome + to


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DESK_TABLE", "desk")
    settings.cache_clear()
    adapters.watch_of.cache_clear()
    kept = MemoryPartners()
    monkeypatch.setattr(adapters, "partners", lambda: kept)
    yield kept
    settings.cache_clear()
    adapters.watch_of.cache_clear()


@pytest.mark.parametrize(
    ("outcome", "failures"),
    [
        (SILENT, 1),
        (Rejected("payer.refused", "No."), 0),
        (PurchasePending(), 0),
        ("yes", 0),
    ],
)
def test_every_call_of_an_adapter_is_noted(
    states: MemoryPartners, outcome: Exception | str, failures: int
) -> None:
    watched = adapters.watched("payer", Door(outcome))
    if isinstance(outcome, Exception):
        with pytest.raises(type(outcome)) as raised:
            watched.send(b"")
        assert raised.value is outcome
    else:
        assert watched.send(b"") == outcome
    known = states.state("payer")
    assert known.failures == failures
    assert (known.succeeded_at is None) == bool(failures)


def test_a_partner_that_rests_is_not_asked(states: MemoryPartners) -> None:
    door = Door(SILENT)
    for _ in range(OPENS_AT + 3):
        with pytest.raises(Unavailable):
            adapters.watched("payer", door).send(b"")
    assert door.asked == OPENS_AT


def test_of_several_systems_each_is_watched_for_itself(states: MemoryPartners) -> None:
    def whose(_message: bytes, *, to: str) -> str:
        return to

    adapters.watched("prescriber", Door("ok "), of=whose).send(b"", to="clinic")
    with pytest.raises(Unavailable):
        adapters.watched("prescriber", Door(SILENT), of=whose).send(b"", to="other")
    found = [(state.name, state.failures) for state in states.states()]
    assert found == [("prescriber#clinic", 0), ("prescriber#other", 1)]


@pytest.mark.parametrize("method", ["state", "note_success", "note_failure"])
def test_a_store_that_is_away_stops_no_call(states: MemoryPartners, method: str) -> None:
    away = EndpointConnectionError(endpoint_url="https://dynamodb.example")
    with broken(states, method, away):
        assert adapters.watched("payer", Door("yes")).send(b"") == "yes"
        with pytest.raises(Unavailable) as raised:
            adapters.watched("payer", Door(SILENT)).send(b"")
    assert raised.value is SILENT


def test_where_no_table_is_given_nobody_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_TABLE", raising=False)
    settings.cache_clear()
    door = Door("yes")
    assert adapters.watched("payer", door) is door
    settings.cache_clear()
