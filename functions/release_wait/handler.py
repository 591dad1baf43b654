"""Task `ReleaseWait` of the cancellation: end the open wait and stop the execution."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.fulfillment import cancellation
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return cancellation.release_wait(work, orders=aws.orders(), machine=aws.machine())
