"""Cancellation task `ReverseClaim`: take back a claim that may be open at the payer."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.adjudication import reversal as claims_reversal
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return claims_reversal.reverse_claim(
        work, orders=aws.orders(), payer=aws.payer(), clock=aws.CLOCK
    )
