"""Task `Validate`: hold the message against the rules."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.validation import stage as validation
from pharmonico.fulfillment.validation.examining import Shelf
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    shelf = Shelf(
        orders=aws.orders(),
        patients=aws.patients(),
        directory=aws.directory(),
        clock=aws.CLOCK,
    )
    return validation.validate(work, shelf=shelf)
