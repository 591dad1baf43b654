"""Bus: every domain event becomes a sealed entry of its prescription's audit chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.fulfillment import audit
from pharmonico.lambdas.bus import consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@consumer
def lambda_handler(event: Event[Any]) -> None:
    audit.append(audit.act_of(event), trail=aws.audit_trail())
