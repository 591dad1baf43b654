"""Task `Adjudicate`: bill the plan."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.adjudication import stage as adjudication
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return adjudication.adjudicate(
        work,
        orders=aws.orders(),
        directory=aws.directory(),
        payer=aws.payer(),
        clock=aws.CLOCK,
    )
