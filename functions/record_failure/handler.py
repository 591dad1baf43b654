"""Task `RecordFailure` of both machines: keep what failed and why, for ops to redrive."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import failing
from pharmonico.fulfillment.machine.work import Breakdown, Outcome
from pharmonico.lambdas.stage import stage


@stage(Breakdown)
def lambda_handler(work: Breakdown) -> Outcome:
    return failing.record_failure(work, orders=aws.orders(), clock=aws.CLOCK)
