"""One synthesis of each kind of stage serves every test: it starts Node, which is slow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from infra_cdk.app import main
from tests.infrastructure.assembly import Assembly

if TYPE_CHECKING:
    from pathlib import Path

# The rest is the stage's own; a built layer would have to be built first.
PROD_SETTINGS = {"vendor": "host", "payer_url": "https://payer.test/claims"}


def synthesised(folder: Path, stage: str, settings: dict[str, str]) -> Assembly:
    given = folder / "settings.json"
    given.write_text(json.dumps(settings))
    main(["--stage", stage, "--settings", str(given), "--out", str(folder)])
    return Assembly(folder, stage)


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    return synthesised(tmp_path_factory.mktemp("embedded"), "embedded", {})


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """It would not be written at all if it broke a HIPAA rule that was not decided upon."""
    return synthesised(tmp_path_factory.mktemp("prod"), "prod", PROD_SETTINGS)


@pytest.fixture(params=["local", "prod"])
def cloud(request: pytest.FixtureRequest) -> Assembly:
    """Each of the two stages in turn."""
    assembly: Assembly = request.getfixturevalue(request.param)
    return assembly
