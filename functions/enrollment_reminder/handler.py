"""Schedule: remind the patients who have not answered their invitation for days."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment import reminding
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    reminded = reminding.remind(orders=aws.orders(), tokens=aws.tokens(), clock=aws.CLOCK)
    logger().info("patients reminded", reminded=reminded)
    return {"reminded": reminded}
