"""One cloud for every test that needs one, whichever suite it belongs to; nothing of it remains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.place import Place
    from tests.cloud.world import World

HERE = Path(__file__).parent
SHARING = (HERE / "engine", HERE / "e2e")
"""The suites that meet in the cloud, in their order."""
LAST = ("test_publisher_killed", "test_restart", "test_command_line")
"""The cloud is broken on purpose by the first two and stopped by the third."""
TIMEOUT_S, START_TIMEOUT_S = 600, 900
"""Nothing may hang; what is slow where much else runs has not failed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-matrix",
        action="store_true",
        help="keep the engine suite's run for docs/engines.md",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The orders above; and the test that comes first may take the time the start takes."""
    places = [at for at, item in enumerate(items) if _suite(item) is not None]
    ours = sorted((items[at] for at in places), key=_turn)
    for item in ours:
        item.add_marker("e2e")
        limit = START_TIMEOUT_S if item is ours[0] else TIMEOUT_S
        item.add_marker(pytest.mark.timeout(limit))
    for at, item in zip(places, ours, strict=True):
        items[at] = item


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    from tests.cloud.running import a_place  # noqa: PLC0415 - most tests need nothing of it

    return a_place(tmp_path_factory.mktemp("cloud"))


@pytest.fixture(scope="session")
def shared_world(place: Place) -> Iterator[World]:
    from tests.cloud.running import a_world  # noqa: PLC0415 - most tests need nothing of it

    with a_world(place) as world:
        yield world


@pytest.fixture
def world(shared_world: World) -> Iterator[World]:
    """The cast; afterwards nothing waits any more, and no refusal has told of a patient."""
    yield shared_world
    shared_world.tidy()
    leaks, shared_world.watch.leaks = shared_world.watch.leaks, []
    assert leaks == []


def _suite(item: pytest.Item) -> int | None:
    """Which of the suites it belongs to, by its place among them."""
    found = (at for at, folder in enumerate(SHARING) if folder in item.path.parents)
    return next(found, None)


def _turn(item: pytest.Item) -> tuple[int, int]:
    late = LAST.index(item.path.stem) if item.path.stem in LAST else -1
    return late, _suite(item) or 0
