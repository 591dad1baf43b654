"""What every stack of Pharmonico has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import CfnOutput, DefaultStackSynthesizer, Stack, Tags

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage


class PharmonicoStack(Stack):
    """A stack whose template plain CloudFormation can take: no bootstrap rule, no metadata."""

    def __init__(self, scope: Construct, part: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            stage.named(part),
            stack_name=stage.named(part),
            description=f"Pharmonico {stage.name}: {part}",
            synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
            analytics_reporting=False,
        )
        self.stage_settings = stage
        Tags.of(self).add("application", "pharmonico")
        Tags.of(self).add("stage", stage.name)

    def tell(self, **outputs: str) -> None:
        """Outputs under exactly these names."""
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
