"""Which functions and machines have queues, and how these are called: others know them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.queues import DEAD_SUFFIX

from infra_cdk.functions import ALL, SENDER

if TYPE_CHECKING:
    from infra_cdk.stages import Stage

MACHINES = ("fulfillment", "cancellation")
WITH_QUEUE = tuple(spec.name for spec in ALL if spec.kind == "queue")
WITH_DEAD_LETTERS = (
    *(spec.name for spec in ALL if spec.kind in {"bus", "queue", "schedule", "stream"}),
    *MACHINES,
)
WEBHOOKS = SENDER.name
"""The queue that webhooks are sent from."""


def dead_letters_of(name: str, stage: Stage) -> str:
    """The physical name of the dead letters of a function or machine."""
    return stage.named(f"{name}{DEAD_SUFFIX}")
