"""Task `Route`: rank the pharmacies that may fill the prescription."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.routing import stage as routing
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return routing.route(
        work,
        orders=aws.orders(),
        directory=aws.directory(),
        rosters=aws.rosters(),
        loads=aws.loads(),
        policy=aws.routing_policy(),
        clock=aws.CLOCK,
    )
