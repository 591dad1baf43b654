"""Wishes and stops in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.notification.contacts import Wishes
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.contacts import Stop


class MemoryContacts:
    def __init__(self) -> None:
        self._wishes: dict[str, Wishes] = {}
        self._stops: dict[str, Stop] = {}

    def wishes(self, patient_id: str) -> Wishes:
        return self._wishes.get(patient_id) or Wishes(patient_id=patient_id)

    def put_wishes(self, wishes: Wishes) -> Wishes:
        if wishes.version != self.wishes(wishes.patient_id).version:
            raise VersionConflict
        raised = wishes.model_copy(update={"version": wishes.version + 1})
        self._wishes[wishes.patient_id] = raised
        return raised

    def stop(self, number: str) -> Stop | None:
        return self._stops.get(number)

    def put_stop(self, stop: Stop) -> None:
        self._stops[stop.number] = stop
