"""Task `AwaitSelection`: rank the pharmacies that may fill it, then leave the token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import waiting
from pharmonico.fulfillment.routing import stage as routing
from pharmonico.lambdas.stage import opener

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome


@opener(aws.machine)
def lambda_handler(work: OpenWait) -> Outcome:
    orders = aws.orders()
    outcome = routing.route(
        work,
        orders=orders,
        directory=aws.directory(),
        rosters=aws.rosters(),
        loads=aws.loads(),
        policy=aws.routing_policy(),
        clock=aws.CLOCK,
    )
    if outcome == waiting.WAITING:
        return outcome
    return waiting.open_wait(work, orders=orders, machine=aws.machine(), clock=aws.CLOCK)
