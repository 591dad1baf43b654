"""What the CDK wrote: stacks in the order of their dependencies, and the files they need."""

from __future__ import annotations

import json
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from local.place import ACCOUNT, REGION

if TYPE_CHECKING:
    from pathlib import Path

STACK_TYPE = "aws:cloudformation:stack"
ASSETS_TYPE = "cdk:asset-manifest"


@dataclass(frozen=True)
class Asset:
    """A file or folder to be uploaded; folders travel as zip files."""

    source: Path
    zipped: bool
    bucket: str
    key: str


@dataclass(frozen=True)
class StackFile:
    """A stack's template and its address in the assets bucket."""

    name: str
    template: Path
    bucket: str
    key: str


@dataclass(frozen=True)
class Assembly:
    """A cloud assembly, read."""

    stacks: tuple[StackFile, ...]
    assets: tuple[Asset, ...]


def read_assembly(folder: Path) -> Assembly:
    """Read the manifest; stacks that others need come first."""
    artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
    stacks = {name: item for name, item in artifacts.items() if item["type"] == STACK_TYPE}
    needs = {
        name: [other for other in item.get("dependencies", []) if other in stacks]
        for name, item in stacks.items()
    }
    order = TopologicalSorter(needs).static_order()
    manifests = [item for item in artifacts.values() if item["type"] == ASSETS_TYPE]
    assets = {
        asset.key: asset
        for manifest in manifests
        for asset in _assets(folder, manifest["properties"]["file"])
    }
    return Assembly(
        stacks=tuple(_stack(folder, name, stacks[name]["properties"]) for name in order),
        assets=tuple(assets.values()),
    )


def _stack(folder: Path, name: str, properties: dict[str, Any]) -> StackFile:
    address = _here(properties["stackTemplateAssetObjectUrl"]).removeprefix("s3://")
    bucket, key = address.split("/", 1)
    return StackFile(
        name=properties.get("stackName", name),
        template=folder / properties["templateFile"],
        bucket=bucket,
        key=key,
    )


def _assets(folder: Path, manifest: str) -> list[Asset]:
    files = json.loads((folder / manifest).read_text())["files"]
    return [
        Asset(
            source=folder / item["source"]["path"],
            zipped=item["source"]["packaging"] == "zip",
            bucket=_here(destination["bucketName"]),
            key=destination["objectKey"],
        )
        for item in files.values()
        for destination in item["destinations"].values()
    ]


def _here(text: str) -> str:
    """CloudFormation's own placeholders, for this engine."""
    return text.replace("${AWS::AccountId}", ACCOUNT).replace("${AWS::Region}", REGION)
