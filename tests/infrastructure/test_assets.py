"""What is packed: one folder per function, and handlers that find all they import."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from infra_cdk.functions import ALL, FunctionSpec
from infra_cdk.paths import FUNCTIONS
from tests.infrastructure.wheels import RUNTIME, layer_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.infrastructure.assembly import Assembly

WRITTEN = [spec for spec in ALL if (FUNCTIONS / spec.name / "handler.py").is_file()]
SDKS = {
    "jwt": "jwt",
    "stripe": "stripe",
    "shippo": "shippo",
    "twilio": "twilio",
    "images": "PIL",
    "pdf": "reportlab",
}
# -I and -S leave nothing on the path but the standard library; the rest is put there by hand.
PROGRAM = """
import importlib, sys
sys.path[:0] = sys.argv[2].split(":")
for module in sys.argv[1].split(","):
    importlib.import_module(module)
"""


def names_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("spec", WRITTEN, ids=lambda spec: spec.name)
def test_an_asset_holds_exactly_its_own_folder(local: Assembly, spec: FunctionSpec) -> None:
    own = FUNCTIONS / spec.name
    wanted = [f"functions/{spec.name}/{name}" for name in names_in(own) if ".pyc" not in name]
    assert names_in(local.code(spec.name)) == wanted


def test_the_own_layers_hold_their_packages_and_nothing_else(local: Assembly) -> None:
    ncpdp, pharmonico = local.layers("validate")
    tops = [
        sorted(path.name for path in (each / "python").iterdir()) for each in (ncpdp, pharmonico)
    ]
    assert tops == [["ncpdp"], ["pharmonico"]]
    assert [path.name for path in ncpdp.iterdir()] == ["python"]


@pytest.mark.parametrize("spec", WRITTEN, ids=lambda spec: spec.name)
def test_a_handler_imports_with_an_empty_environment_and_its_own_layers_alone(
    local: Assembly, spec: FunctionSpec, tmp_path: Path
) -> None:
    vendors = [layer_of(f"vendor_{vendor}", tmp_path) for vendor in spec.vendors]
    own = [folder / "python" for folder in local.layers(spec.name)]
    path = [local.code(spec.name), *own, *vendors, layer_of(RUNTIME, tmp_path)]
    sdks = [SDKS[vendor] for vendor in spec.vendors if vendor in SDKS]
    modules = ",".join([f"functions.{spec.name}.handler", *sdks])
    command = [sys.executable, "-I", "-S", "-B", "-c", PROGRAM, modules, ":".join(map(str, path))]
    done = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr[-800:]) == (0, "")


def test_a_layer_that_is_missing_would_be_noticed(local: Assembly, tmp_path: Path) -> None:
    """The embedded engine shows functions its own packages, so this must not."""
    path = f"{local.code('open_wait')}:{local.layers('open_wait')[0] / 'python'}:{tmp_path}"
    command = [sys.executable, "-I", "-S", "-B", "-c", PROGRAM, "functions.open_wait.handler", path]
    done = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
    assert "No module named" in done.stderr
