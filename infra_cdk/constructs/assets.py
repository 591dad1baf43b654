"""What is packed: one folder of functions/ per Lambda, and the layers beside it or inside it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from aws_cdk import IgnoreMode
from aws_cdk import aws_lambda as lambda_

from infra_cdk.packages import layer_folder, layer_names
from infra_cdk.paths import BUNDLES, FUNCTIONS, NOT_SHIPPED, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stages import Stage


def function_code(spec: FunctionSpec, stage: Stage) -> lambda_.Code:
    """The function's asset: its folder alone, or with its layers' packages beside it."""
    if stage.layers == "bundled":
        return lambda_.Code.from_asset(str(_bundle(spec, stage)))
    return lambda_.Code.from_asset(
        str(ROOT),
        # Anchored on purpose: an unanchored `*` yields an empty asset without an error.
        exclude=[
            "/*",
            "!/functions/",
            "/functions/*",
            f"!/functions/{spec.name}/",
            *NOT_SHIPPED,
        ],
        ignore_mode=IgnoreMode.GIT,
    )


def layer_code(name: str, stage: Stage) -> lambda_.Code:
    """A layer's asset, whose root holds `python/`."""
    return lambda_.Code.from_asset(
        str(layer_folder(name, stage)),
        exclude=["/*", "!/python/", *(() if stage.vendor == "built" else NOT_SHIPPED)],
        ignore_mode=IgnoreMode.GIT,
    )


def _bundle(spec: FunctionSpec, stage: Stage) -> Path:
    """Function and packages side by side: the asset's root is on the path, so nothing is set."""
    bundle = BUNDLES / stage.name / spec.name
    shutil.rmtree(bundle, ignore_errors=True)
    for name in layer_names(spec, stage):
        _copy(layer_folder(name, stage) / "python", bundle, compiled=stage.vendor == "built")
    if (FUNCTIONS / spec.name).is_dir():
        _copy(FUNCTIONS / spec.name, bundle / "functions" / spec.name, compiled=False)
    return bundle


def _copy(source: Path, target: Path, *, compiled: bool) -> None:
    ignore = None if compiled else shutil.ignore_patterns(*NOT_SHIPPED)
    shutil.copytree(source, target, ignore=ignore, dirs_exist_ok=True)
