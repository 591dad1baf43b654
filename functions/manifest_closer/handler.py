"""Schedule: close the day of every pharmacy whose cut-off has passed."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.adapters.labels import labels
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.shipping import manifests
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    counter = manifests.Counter(
        orders=aws.orders(), carriers=carriers(), labels=labels(), clock=aws.CLOCK
    )
    closed, failed = manifests.close_what_is_due(directory=aws.directory(), counter=counter)
    if failed:
        logger().warning("days not closed", pharmacy_ids=failed)
    return {"closed": closed, "failed": len(failed)}
