"""Schedule: give every open prescription whose execution died a new one."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import reconciling
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    resumed = reconciling.reconcile(orders=aws.orders(), machine=aws.machine(), clock=aws.CLOCK)
    logger().info("reconciled", resumed=resumed)
    return {"resumed": resumed}
