"""How partners answer, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.partners import PartnerState

if TYPE_CHECKING:
    from datetime import datetime


class MemoryPartners:
    def __init__(self) -> None:
        self._states: dict[str, PartnerState] = {}

    def state(self, name: str) -> PartnerState:
        return self._states.get(name, PartnerState(name=name))

    def states(self) -> tuple[PartnerState, ...]:
        return tuple(self._states[name] for name in sorted(self._states))

    def note_success(self, name: str, *, at: datetime) -> None:
        known = self.state(name)
        self._states[name] = known.model_copy(update={"failures": 0, "succeeded_at": at})

    def note_failure(self, name: str, code: str, *, at: datetime, try_at: datetime) -> PartnerState:
        known = self.state(name)
        said = {"failures": known.failures + 1, "failed_at": at, "code": code, "try_at": try_at}
        self._states[name] = known.model_copy(update=said)
        return self._states[name]

    def claim_try(self, name: str, *, now: datetime, until: datetime) -> bool:
        known = self.state(name)
        if known.try_at is not None and known.try_at > now:
            return False
        self._states[name] = known.model_copy(update={"try_at": until})
        return True
