"""Task `AwaitDelivery`: leave the token with the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import waiting
from pharmonico.lambdas.stage import opener

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome


@opener(aws.machine)
def lambda_handler(work: OpenWait) -> Outcome:
    return waiting.open_wait(work, orders=aws.orders(), machine=aws.machine(), clock=aws.CLOCK)
