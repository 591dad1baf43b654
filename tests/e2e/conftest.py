"""One browser for the journeys through the sites; pharmacies that dispense by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.browser.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.cloud.world import World


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """Closed with the file: Playwright's loop must be gone when other tests start their own."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def manual(world: World) -> Iterator[World]:
    """The stage's setting turned for a while, as a deployment would turn it."""
    functions = world.cloud.engine.client("lambda")
    name = f"pharmonico-{world.cloud.stage}-dispense"
    known = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    for value in ("manual", known["DISPENSE"]):
        variables = {**known, "DISPENSE": value}
        functions.update_function_configuration(
            FunctionName=name, Environment={"Variables": variables}
        )
        if value == "manual":
            yield world
