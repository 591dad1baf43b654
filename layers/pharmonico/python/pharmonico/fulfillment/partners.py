"""How partners answer, and when one that does not is asked less often (ADR 0048).

Everybody who calls a partner notes how it went, in one item per partner. After `OPENS_AT` failures
in a row its circuit is open: one call in `PAUSE` goes through to try, the others fail at once.
The first answer closes it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock

Partner = Literal["payer", "stripe", "shippo", "twilio", "ses", "prescriber"]
CircuitState = Literal["closed", "open", "half_open"]
ALWAYS_SHOWN: tuple[Partner, ...] = ("payer", "stripe", "shippo", "twilio", "ses")
"""Prescribers' systems have an item each, once one was called."""

OPENS_AT = 5
PAUSE = timedelta(seconds=2)
"""Short: a stage that is refused gives up within seconds, and must find a partner that is back."""
NOTE_EVERY = timedelta(minutes=1)
"""A process notes a success no more often, unless a failure came before it."""


class PartnerState(BaseModel):
    """What is known of a partner; `name` is the partner, with `#` and a client's id for a
    prescriber's system. `failures` are those in a row, `code` is the last one's."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    failures: int = 0
    succeeded_at: datetime | None = None
    failed_at: datetime | None = None
    code: str = ""
    try_at: datetime | None = None

    def circuit(self, now: datetime) -> CircuitState:
        """Half open: the next call goes through to try."""
        if self.failures < OPENS_AT:
            return "closed"
        return "half_open" if self.try_at is None or self.try_at <= now else "open"


class PartnerStates(Protocol):
    """One small item per partner; nobody waits for it to be exact."""

    def state(self, name: str) -> PartnerState: ...

    def states(self) -> tuple[PartnerState, ...]:
        """Every partner anybody has called (at most 100), by name."""
        ...

    def note_success(self, name: str, *, at: datetime) -> None: ...

    def note_failure(self, name: str, code: str, *, at: datetime, try_at: datetime) -> PartnerState:
        """One more failure in a row; the state with it."""
        ...

    def claim_try(self, name: str, *, now: datetime, until: datetime) -> bool:
        """Whether the caller is the one that tries now; nobody else does `until` then."""
        ...


class Watch:
    """One partner as one process sees it: its own first failure tells it what others know.

    While the partner is well nothing is read.
    """

    def __init__(self, name: str, *, states: PartnerStates, clock: Clock) -> None:
        self._states = states
        self._clock = clock
        self._known = PartnerState(name=name)
        self._noted_at: datetime | None = None

    def admit(self) -> None:
        """Pass, or raise `Unavailable` with the last failure's code while the circuit is open."""
        if self._known.failures < OPENS_AT:
            return
        self._known = self._states.state(self._known.name)  # somebody may have got through
        if self._known.failures < OPENS_AT:
            return
        now = self._clock.now()
        if not self._states.claim_try(self._known.name, now=now, until=now + PAUSE):
            raise Unavailable(self._known.code, "It did not answer several times and rests.")

    def succeeded(self) -> None:
        """It has answered, whatever it said."""
        now = self._clock.now()
        is_noted = self._noted_at is not None and now - self._noted_at < NOTE_EVERY
        if is_noted and not self._known.failures:
            return
        self._states.note_success(self._known.name, at=now)
        self._known = PartnerState(name=self._known.name)
        self._noted_at = now

    def failed(self, code: str) -> None:
        """It has not answered in a way that is of use."""
        now = self._clock.now()
        self._known = self._states.note_failure(self._known.name, code, at=now, try_at=now + PAUSE)
