"""One invoker for all samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.kit.settings import settings

from tests.unit.lambdas.calling import Invoker
from tests.unit.lambdas.invoking import Cloud

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def invoker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Invoker]:
    monkeypatch.setenv("PORTAL_URL", "https://portal.pharmonico.example")
    settings.cache_clear()
    yield Invoker(Cloud(), monkeypatch)
    settings.cache_clear()
