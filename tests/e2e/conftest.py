"""One cloud for all of these tests, as `make up` would start it; nothing of it is left behind."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local.cloud import PARTS, bring_down, bring_up
from local.place import LOOPBACK, Place, write_json
from tests.cloud.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LAST = ("test_no_event_is_lost", "test_engine_killed", "test_command_line")
"""The shared cloud is broken on purpose by the first two and stopped by the third."""
START_TIMEOUT_S = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order above; and the test that comes first may take the time the start takes."""
    ours = [item for item in items if HERE in item.path.parents]
    ours.sort(key=lambda item: LAST.index(item.path.stem) if item.path.stem in LAST else -1)
    for item in ours:
        item.add_marker("e2e")
    if ours:
        ours[0].add_marker(pytest.mark.timeout(START_TIMEOUT_S))
    places = [at for at, item in enumerate(items) if HERE in item.path.parents]
    for at, item in zip(places, ours, strict=True):
        items[at] = item


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A data folder of its own, with ports nobody else would choose."""
    place = Place(tmp_path_factory.mktemp("cloud"))
    write_json(place.ports, dict(zip(PARTS, free_ports(len(PARTS)), strict=True)))
    return place


@pytest.fixture(scope="session")
def shared_world(place: Place) -> Iterator[World]:
    try:
        world = World(bring_up(place, port="", say=print))
        world.tap.open()
        yield world
        world.watch.close()
    finally:
        bring_down(place)


@pytest.fixture
def world(shared_world: World) -> Iterator[World]:
    """The cast; afterwards nothing waits any more, and no refusal has told of a patient."""
    yield shared_world
    shared_world.tidy()
    leaks, shared_world.watch.leaks = shared_world.watch.leaks, []
    assert leaks == []


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
