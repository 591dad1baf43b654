"""Schedule: ask payers what is pending, and to take back what they have not taken back yet."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.adjudication import authorizing, sweeping
from pharmonico.fulfillment.adjudication.stage import Desk
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger


@discreet
def lambda_handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    desk = Desk(aws.orders(), aws.directory(), aws.payer(), aws.CLOCK)
    decided = authorizing.follow_up(desk=desk)
    swept = sweeping.sweep(orders=desk.orders, payer=desk.payer, clock=desk.clock)
    logger().info("payers asked", decided=decided, taken_back=swept)
    return {"decided": decided, "taken_back": swept}
