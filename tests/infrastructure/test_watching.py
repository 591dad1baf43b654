"""What `make dev` pushes is what the stacks would have deployed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from infra_cdk.functions import ALL, FunctionSpec
from infra_cdk.stages import STAGES
from local.watching.bundle import Bundler

if TYPE_CHECKING:
    from pathlib import Path

    from tests.infrastructure.assembly import Assembly

BUNDLER = Bundler(STAGES["embedded"])


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name)
def test_a_bundle_holds_the_function_and_its_layers(local: Assembly, spec: FunctionSpec) -> None:
    wanted = files_in(local.code(spec.name))
    for layer in local.layers(spec.name):
        wanted |= files_in(layer / "python")
    with zipfile.ZipFile(io.BytesIO(BUNDLER.bundle([spec]))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(wanted)
        assert {name: archive.read(name) for name in wanted} == wanted
