"""The synthesised templates as the tests read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Resource = dict[str, Any]


@dataclass(frozen=True)
class Assembly:
    """One stage's stacks: `templates["data"]` is the template of pharmonico-<stage>-data."""

    folder: Path
    stage: str

    @cached_property
    def templates(self) -> dict[str, Any]:
        prefix, suffix = f"pharmonico-{self.stage}-", ".template.json"
        found = self.folder.glob(f"{prefix}*{suffix}")
        return {
            path.name.removeprefix(prefix).removesuffix(suffix): json.loads(path.read_text())
            for path in found
        }

    def resources(self, kind: str, *, stack: str | None = None) -> dict[str, Resource]:
        """Every resource of the kind by its logical id, `Properties` only."""
        stacks = [self.templates[stack]] if stack else self.templates.values()
        return {
            name: resource.get("Properties", {})
            for template in stacks
            for name, resource in template["Resources"].items()
            if resource["Type"] == kind
        }

    def types(self) -> set[str]:
        return {
            resource["Type"]
            for template in self.templates.values()
            for resource in template["Resources"].values()
        }

    @cached_property
    def functions(self) -> dict[str, Resource]:
        """Every Lambda by its folder's name."""
        found = self.resources("AWS::Lambda::Function")
        return {
            properties["FunctionName"].removeprefix(f"pharmonico-{self.stage}-"): properties
            for properties in found.values()
        }

    @cached_property
    def function_ids(self) -> dict[str, str]:
        """The folder's name of every Lambda by its logical id."""
        return {
            name: properties["FunctionName"].removeprefix(f"pharmonico-{self.stage}-")
            for name, properties in self.resources("AWS::Lambda::Function").items()
        }

    def code(self, function: str) -> Path:
        """The unpacked asset of a function."""
        return self._asset(self.functions[function]["Code"]["S3Key"])

    def layers(self, function: str) -> list[Path]:
        """The unpacked assets of a function's layers, in order."""
        versions = self.resources("AWS::Lambda::LayerVersion")
        names = [layer["Ref"] for layer in self.functions[function].get("Layers", [])]
        return [self._asset(versions[name]["Content"]["S3Key"]) for name in names]

    def environment(self, function: str) -> dict[str, Any]:
        return dict(self.functions[function]["Environment"]["Variables"])

    def _asset(self, key: str) -> Path:
        return self.folder / f"asset.{key.removesuffix('.zip')}"
