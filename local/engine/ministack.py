"""MiniStack as the engine of a local cloud: the default, and whole by itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from local import processes
from local.engine import NAME, engine_answers, start_engine, stop_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.place import Place
    from local.ports import Ports


@dataclass(frozen=True)
class MiniStack:
    """The embedded engine, in the project's own environment."""

    name: str = "ministack"
    stage: str = "embedded"
    keeps_data: bool = True
    parts: tuple[str, ...] = (NAME,)
    inherits: tuple[str, ...] = (NAME,)

    @property
    def version(self) -> str:
        """The installed one."""
        return version("ministack")

    def running(self, place: Place, part: str) -> bool:
        """As its lock tells."""
        return processes.running(place, part)

    def start(
        self,
        place: Place,
        ports: Ports,
        *,
        listeners: Mapping[str, int],
        say: Callable[[str], None],  # noqa: ARG002 - there is nothing to tell of half a second
    ) -> bool:
        """Start it unless it lives."""
        return start_engine(place, port=ports.engine, listener=listeners.get(NAME))

    def stop(self, place: Place) -> list[str]:
        """End it and its functions."""
        return [NAME] if stop_engine(place) else []

    def answers(self, ports: Ports) -> bool:
        """Whether it takes requests."""
        return engine_answers(ports.engine)

    def endpoints(self, ports: Ports) -> dict[str, str]:  # noqa: ARG002 - the seam's signature
        """It answers everything itself."""
        return {}

    def seen_by_functions(self, url: str) -> str:
        """Functions are processes of this machine."""
        return url
