"""Schedule: ask payers about the prior authorizations that are pending."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.adjudication import authorizing
from pharmonico.fulfillment.adjudication.stage import Desk
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    desk = Desk(aws.orders(), aws.directory(), aws.payer(), aws.CLOCK)
    decided = authorizing.follow_up(desk=desk)
    logger().info("authorizations followed up", decided=decided)
    return {"decided": decided}
