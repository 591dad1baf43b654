"""Task `Validate`: hold the message against the rules."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.validation import stage as validation
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return validation.validate(
        work, orders=aws.orders(), directory=aws.directory(), clock=aws.CLOCK
    )
