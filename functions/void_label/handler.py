"""Task `VoidLabel` of the cancellation: give the label back."""

from __future__ import annotations

import time

from pharmonico.adapters import aws
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.shipping import labels
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return labels.void_label(
        work, orders=aws.orders(), carriers=carriers(), clock=aws.CLOCK, pause=time.sleep
    )
