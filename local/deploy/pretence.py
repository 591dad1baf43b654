"""What an engine says it has made and has not: a COMPLETE stack is no proof on every engine."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from local.place import LocalError

if TYPE_CHECKING:
    from local.aws import Engine

COMPLETE = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
BEGUN = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"}
FAILED = {"CREATE_FAILED", "UPDATE_FAILED"}  # what could not be deleted is in nobody's way
STACK = "AWS::CloudFormation::Stack"
# LocalStack gives this as the physical id of a resource whose type it does not know.
STUB = "unknown"
PLAYED = "AWS::CloudFront::"  # by the edge, on every local engine


class HalfUpdated(LocalError):
    """A stack that LocalStack cannot go on from: it has forgotten half of what the stack holds."""


def refuse_pretence(engine: Engine, stack: str) -> None:
    """Raise LocalError where a complete stack holds a stub, HalfUpdated where a resource failed."""
    cloudformation = engine.client("cloudformation")
    found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    if found["StackStatus"] not in COMPLETE:
        return  # it was rolled back earlier and is wanted as it is
    if failed := failures(cloudformation.describe_stack_events(StackName=stack)["StackEvents"]):
        raise HalfUpdated(f"stack {stack} says {found['StackStatus']} in spite of\n{failed}")
    resources = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    kinds = {each["ResourceType"] for each in resources if each.get("PhysicalResourceId") == STUB}
    if pretended := sorted(kind for kind in kinds if not kind.startswith(PLAYED)):
        raise LocalError(
            f"stack {stack}: the engine does not know {', '.join(pretended)}"
            " and has only pretended to make it"
        )


def failures(events: list[dict[str, Any]]) -> str:
    """The resources that failed in the last operation, a line each; the events are newest first."""
    last = takewhile(lambda event: not _begins(event), events)
    return "\n".join(
        f"  {event['LogicalResourceId']} ({event['ResourceType']}): "
        f"{event.get('ResourceStatusReason', 'no reason given')}"
        for event in last
        if event["ResourceType"] != STACK and event["ResourceStatus"] in FAILED
    )


def _begins(event: dict[str, Any]) -> bool:
    return event["ResourceType"] == STACK and event["ResourceStatus"] in BEGUN
