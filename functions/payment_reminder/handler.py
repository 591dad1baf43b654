"""Schedule: remind patients of what they have not paid, and renew pages that ran out."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.fulfillment.payment import reminding
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    reminded = reminding.remind(orders=aws.orders(), checkouts=checkouts(), clock=aws.CLOCK)
    logger().info("payments looked after", reminded=reminded)
    return {"reminded": reminded}
