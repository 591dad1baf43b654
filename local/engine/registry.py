"""The engines by name, and the data folder of each: their data never mixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.engine.localstack import LocalStack
from local.engine.localstack_host import LocalStackHost
from local.engine.ministack import MiniStack
from local.place import DEFAULT_ENGINE, LocalError, Place

if TYPE_CHECKING:
    from pathlib import Path

    from local.engine.protocol import LocalEngine

ENGINES: dict[str, LocalEngine] = {
    engine.name: engine for engine in (MiniStack(), LocalStack(), LocalStackHost())
}


def engine_named(name: str) -> LocalEngine:
    """The engine, or one line with the names there are."""
    if name not in ENGINES:
        raise LocalError(f"no engine {name!r}: choose one of {', '.join(ENGINES)}")
    return ENGINES[name]


def engine_of(place: Place) -> LocalEngine:
    """The engine whose data the place holds."""
    return engine_named(place.engine)


def place_of(engine: str, *, data: Path) -> Place:
    """The engine's own place: the data folder itself is the default engine's."""
    name = engine_named(engine or DEFAULT_ENGINE).name
    return Place(data if name == DEFAULT_ENGINE else data / name, name)
