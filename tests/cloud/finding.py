"""Looking for prescriptions by words: the index learns of new ones a moment after they came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cloud.door import PRESCRIPTIONS
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World


def found(world: World, text: str, **query: str) -> list[dict[str, Any]]:
    """The rows that ops find, as soon as there are any."""

    def look() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = world.ops.read(PRESCRIPTIONS, q=text, **query)["items"]
        return rows

    return until(look, f"{text} to be found")
