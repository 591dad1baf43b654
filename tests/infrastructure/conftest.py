"""One synthesis serves every test: it starts Node, which is slow."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.infrastructure.assembly import Assembly

if TYPE_CHECKING:
    from pathlib import Path

SILENCE = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both kinds of stage in one assembly: a local one, and production without built layers."""
    os.environ[SILENCE] = "20"  # noqa: TID251 - Node reads it, not we
    from aws_cdk import App  # noqa: PLC0415 - importing it starts Node

    from infra_cdk.app import CONTEXT  # noqa: PLC0415 - together with the rest
    from infra_cdk.stacks import build  # noqa: PLC0415 - the same
    from infra_cdk.stages import stage_named  # noqa: PLC0415 - the same

    out = tmp_path_factory.mktemp("assembly")
    app = App(
        outdir=str(out),
        context=CONTEXT,
        analytics_reporting=False,
        stack_traces=False,
        tree_metadata=False,
    )
    build(app, stage_named("embedded"))
    build(app, replace(stage_named("prod"), vendor="host"))
    app.synth()
    return out


@pytest.fixture(scope="session")
def local(folder: Path) -> Assembly:
    return Assembly(folder, "embedded")


@pytest.fixture(scope="session")
def prod(folder: Path) -> Assembly:
    return Assembly(folder, "prod")


@pytest.fixture(scope="session", params=["embedded", "prod"])
def cloud(request: pytest.FixtureRequest, folder: Path) -> Assembly:
    """Each of the two stages in turn."""
    return Assembly(folder, request.param)
