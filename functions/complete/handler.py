"""Task `Complete`: delivered becomes completed."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import completing
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return completing.complete(work, orders=aws.orders(), clock=aws.CLOCK)
