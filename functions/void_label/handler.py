"""Task `VoidLabel` of the cancellation: give the label back."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.adapters.shippo_shipping import carriers
from pharmonico.fulfillment import labels
from pharmonico.fulfillment.work import Outcome, Work
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return labels.void_label(work, orders=aws.orders(), carriers=carriers(), clock=aws.CLOCK)
