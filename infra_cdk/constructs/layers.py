"""The layers of one stack, declared on first use.

Each stack has its own: a layer's ARN changes with its content, and an export that another stack
imports may not change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra_cdk.constructs.assets import layer_code
from infra_cdk.packages import layer_names

if TYPE_CHECKING:
    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stages import Stage

RUNTIME = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE = lambda_.Architecture.ARM_64


class Layers(Construct):
    """Attached layers; a stage that bundles has none."""

    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(scope, "Layers")
        self._stage = stage
        self._versions: dict[str, lambda_.ILayerVersion] = {}

    def of(self, spec: FunctionSpec) -> list[lambda_.ILayerVersion]:
        """The layers this function gets attached."""
        if self._stage.layers == "bundled":
            return []
        return [self._version(name) for name in layer_names(spec, self._stage)]

    def _version(self, name: str) -> lambda_.ILayerVersion:
        if name not in self._versions:
            self._versions[name] = lambda_.LayerVersion(
                self,
                name,
                code=layer_code(name, self._stage),
                compatible_runtimes=[RUNTIME],
                compatible_architectures=[ARCHITECTURE],
                removal_policy=RemovalPolicy.DESTROY,
            )
        return self._versions[name]
