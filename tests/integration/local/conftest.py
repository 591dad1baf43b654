"""Engines of the tests' own: free ports, folders of their own, nothing left running."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from local.aws import Engine
from local.engine import start_engine, stop_engine
from local.place import LOOPBACK, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "cloud")
    yield place
    stop_engine(place)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for tests that only deploy to it."""
    place, port = Place(tmp_path_factory.mktemp("engine")), free_port()
    start_engine(place, port=port)
    yield Engine(f"http://{LOOPBACK}:{port}")
    stop_engine(place)
