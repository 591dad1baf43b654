"""Which packages travel with a function, and where they lie; knows nothing of the CDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra_cdk.build_layers import OWN
from infra_cdk.needs import Need
from infra_cdk.paths import BUILT_LAYERS, LAYERS

if TYPE_CHECKING:
    from pathlib import Path

    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stages import Stage


class LayerNotBuilt(FileNotFoundError):
    """The stage ships built layers and this one is not there yet."""


def layer_names(spec: FunctionSpec, stage: Stage) -> list[str]:
    """The layers of a function, least often changed first; the domain imports the codec."""
    if stage.vendor == "host":
        return [*OWN]
    with_redis = stage.tokens_on_redis and Need.TOKENS in spec.needs
    vendors = ["base_redis" if each == "base" and with_redis else each for each in spec.vendors]
    return [*(f"vendor_{vendor}" for vendor in vendors), *OWN]


def layer_folder(name: str, stage: Stage) -> Path:
    """Built stages ship what `make build` compiled, the others the source itself."""
    folder = (BUILT_LAYERS if stage.vendor == "built" else LAYERS) / name
    if not (folder / "python").is_dir():
        raise LayerNotBuilt(f"layer {name} is not built: run `make build` first")
    return folder
