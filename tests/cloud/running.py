"""A cloud of the tests' own, as `make up` would start it; ENGINE names its engine."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from local.cloud import bring_down, bring_up, parts_of
from local.engine.registry import place_of
from local.environment import given
from local.place import LOOPBACK, write_json
from tests.cloud.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from local.place import Place


def a_place(data: Path) -> Place:
    """The data folder with ports that nobody else would choose."""
    place = place_of(given("ENGINE"), data=data)
    parts = parts_of(place)
    write_json(place.ports, dict(zip(parts, free_ports(len(parts)), strict=True)))
    return place


@contextmanager
def a_world(place: Place) -> Iterator[World]:
    """Everything brought up; brought down afterwards, whatever happened."""
    try:
        world = World(bring_up(place, port="", say=print))
        world.tap.open()
        yield world
        world.watch.close()
    finally:
        bring_down(place)


def free_ports(count: int) -> list[int]:
    """Ports the system hands out, all held at once so that they differ."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
