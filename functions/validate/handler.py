"""Task `AwaitEnrollment`: hold the message against the rules, then leave the token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import waiting
from pharmonico.fulfillment.validation import stage as validation
from pharmonico.fulfillment.validation.examining import Shelf
from pharmonico.lambdas.stage import opener

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome


@opener(aws.machine)
def lambda_handler(work: OpenWait) -> Outcome:
    shelf = Shelf(
        orders=aws.orders(),
        patients=aws.patients(),
        directory=aws.directory(),
        clock=aws.CLOCK,
    )
    outcome = validation.validate(work, shelf=shelf)
    if outcome == waiting.WAITING:
        return outcome
    return waiting.open_wait(work, orders=shelf.orders, machine=aws.machine(), clock=aws.CLOCK)
