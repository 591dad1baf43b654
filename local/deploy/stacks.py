"""Create or update CloudFormation stacks, and say why when one fails."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from local.deploy.assembly import read_assembly
from local.deploy.assets import upload_assets
from local.deploy.pretence import refuse_pretence
from local.place import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.aws import Engine
    from local.deploy.assembly import StackFile

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
# A first creation that failed leaves a stack that can only be deleted.
DEAD = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}
GOOD = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
DEADLINE_S = 300.0
POLL_S = 0.1
FAILURES_SHOWN = 5
BETWEEN_STACKS = "ExportsOutput"  # what one stack lends another is nobody else's business


def deploy_assembly(
    engine: Engine,
    folder: Path,
    *,
    say: Callable[[str], None],
    then: Callable[[dict[str, str]], None] = lambda _: None,
) -> dict[str, str]:
    """Upload what the stacks need and bring them up to date; the outputs of all by name.

    `then` is called with a stack's outputs before the next one, which may need more than them.
    """
    assembly, outputs = read_assembly(folder), dict[str, str]()
    sent = upload_assets(engine, assembly)
    say(f"{sent} of {len(assembly.assets)} assets uploaded")
    for stack in assembly.stacks:
        say(f"stack {stack.name} {deploy_stack(engine, stack)}")
        refuse_pretence(engine, stack.name)
        told = outputs_of(engine, stack)
        then(told)
        outputs |= told
    return outputs


def deploy_stack(engine: Engine, stack: StackFile) -> str:
    """Bring one stack up to its template: "created", "updated" or "unchanged"."""
    cloudformation = engine.client("cloudformation")
    request = {
        "StackName": stack.name,
        "TemplateURL": f"{engine.url}/{stack.bucket}/{stack.key}",
        "Capabilities": CAPABILITIES,
    }
    status = settled_status(cloudformation, stack.name)
    if status in DEAD:
        delete_stack(cloudformation, stack.name)
        status = ""
    if not status:
        cloudformation.create_stack(**request)
        return _await_good(cloudformation, stack.name, "created")
    try:
        cloudformation.update_stack(**request)
    except ClientError as refused:
        if "No updates are to be performed" in refused.response["Error"]["Message"]:
            return "unchanged"
        raise LocalError(f"stack {stack.name}: {refused.response['Error']['Message']}") from refused
    return _await_good(cloudformation, stack.name, "updated")


def delete_stack(cloudformation: Any, name: str) -> None:
    """Delete a stack and wait until it is gone."""
    cloudformation.delete_stack(StackName=name)
    settled_status(cloudformation, name)


def settled_status(cloudformation: Any, name: str) -> str:
    """The stack's status once nothing is in progress; empty when there is no such stack."""
    deadline = time.monotonic() + DEADLINE_S
    while True:
        status = _status(cloudformation, name)
        if not status.endswith("_IN_PROGRESS"):
            return "" if status == "DELETE_COMPLETE" else status
        if time.monotonic() > deadline:
            raise LocalError(f"stack {name} is still {status}: make down, then make up")
        time.sleep(POLL_S)


def outputs_of(engine: Engine, stack: StackFile) -> dict[str, str]:
    """The outputs the stack tells, by name."""
    found = engine.client("cloudformation").describe_stacks(StackName=stack.name)["Stacks"][0]
    named = {item["OutputKey"]: item["OutputValue"] for item in found.get("Outputs", [])}
    return {name: value for name, value in named.items() if not name.startswith(BETWEEN_STACKS)}


def _await_good(cloudformation: Any, name: str, done: str) -> str:
    status = settled_status(cloudformation, name)
    if status not in GOOD:
        raise LocalError(f"stack {name} ended {status}\n{_failures(cloudformation, name)}")
    return done


def _status(cloudformation: Any, name: str) -> str:
    try:
        found = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as absent:
        if "does not exist" in absent.response["Error"]["Message"]:
            return ""
        raise
    return str(found[0]["StackStatus"])


def _failures(cloudformation: Any, name: str) -> str:
    """The failed resources of the last operation, newest first, in CloudFormation's words."""
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    lines = [
        f"  {event['LogicalResourceId']} ({event['ResourceType']}): {event['ResourceStatusReason']}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED") and event.get("ResourceStatusReason")
    ]
    return "\n".join(lines[:FAILURES_SHOWN]) or "  no resource gave a reason"
