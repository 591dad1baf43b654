"""What a call leaves in the audit: an act in its caller's name, on the chain it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.audit import Act
from pharmonico.fulfillment.audit.searching import LISTS
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.events.envelope import Actor
    from pharmonico.kit.clock import Clock
    from pharmonico.lambdas.http.call import Call

NOTHING: Mapping[str, str] = {}


def act_in(
    call: Call,
    action: str,
    resource: str,
    *,
    source: str,
    clock: Clock,
    outcome: str = "ok",
    detail: Mapping[str, str] = NOTHING,
    actor: Actor | None = None,
) -> Act:
    """The act that this call is; `source` is the function, `actor` another than the caller."""
    return Act(
        act_id=new_id("act", clock=clock),
        at=clock.now(),
        actor=actor or call.actor,
        action=action,
        resource=resource,
        outcome=outcome,
        source=source,
        correlation_id=call.correlation_id,
        detail=dict(detail),
    )


def lists_shown_to(call: Call, *, clock: Clock) -> str:
    """The chain of whom lists and searches showed the caller today."""
    return f"{LISTS}{call.caller.id}_{clock.now():%Y-%m-%d}"
