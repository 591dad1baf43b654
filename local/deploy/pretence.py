"""What an engine says it has made and has not: CREATE_COMPLETE is no proof on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.place import LocalError

if TYPE_CHECKING:
    from local.aws import Engine

# LocalStack gives this as the physical id of a resource whose type it does not know.
STUB = "unknown"
PLAYED = "AWS::CloudFront::"  # by the edge, on every local engine


def refuse_pretence(engine: Engine, stack: str) -> None:
    """Raise LocalError where the stack holds a type that is neither made nor played."""
    found = engine.client("cloudformation").describe_stack_resources(StackName=stack)
    kinds = {
        each["ResourceType"]
        for each in found["StackResources"]
        if each.get("PhysicalResourceId") == STUB
    }
    if pretended := sorted(kind for kind in kinds if not kind.startswith(PLAYED)):
        raise LocalError(
            f"stack {stack}: the engine does not know {', '.join(pretended)}"
            " and has only pretended to make it"
        )
