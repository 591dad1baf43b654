"""Task `ExpireWait`: a wait ran out; put the prescription where people look for it."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import expiring
from pharmonico.fulfillment.machine.work import Expiry, Outcome
from pharmonico.lambdas.stage import stage


@stage(Expiry)
def lambda_handler(work: Expiry) -> Outcome:
    return expiring.expire_wait(work, orders=aws.orders(), clock=aws.CLOCK)
