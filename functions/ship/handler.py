"""Task `Ship`: buy the label once and keep its PDF."""

from __future__ import annotations

import time

from pharmonico.adapters import aws
from pharmonico.adapters.labels import labels
from pharmonico.adapters.shippo_shipping import carriers
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.shipping import stage as shipping_stage
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return shipping_stage.ship(
        work,
        orders=aws.orders(),
        directory=aws.directory(),
        carriers=carriers(),
        labels=labels(),
        clock=aws.CLOCK,
        pause=time.sleep,
    )
