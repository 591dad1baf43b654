"""Schedule: ask about parcels on their way, in case a webhook was lost."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.shipping import poll as tracking_poll
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    done = tracking_poll.poll(
        orders=aws.orders(), tokens=aws.tokens(), carriers=carriers(), clock=aws.CLOCK
    )
    if done.failed:
        logger().warning("parcels not asked about", prescription_ids=done.failed)
    said = {"asked": done.asked, "moved": done.moved, "silent": done.silent}
    return {**said, "failed": len(done.failed)}
