"""One browser for the journeys through the sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.browser.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
