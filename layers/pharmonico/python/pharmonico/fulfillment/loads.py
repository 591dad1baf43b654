"""How many prescriptions a pharmacy has taken today: a place is taken and freed with the order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Mapping


class Slot(BaseModel):
    """One place in a pharmacy's day, which has `capacity` of them."""

    model_config = ConfigDict(frozen=True)

    pharmacy_id: str
    day: date
    capacity: int


class Loads(Protocol):
    """The counters that `Orders.save` raises and lowers; a new day begins with none."""

    def taken(self, days: Mapping[str, date]) -> dict[str, int]:
        """Places taken of each pharmacy on its day; who is not named has taken none."""
        ...
