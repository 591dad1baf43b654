"""Task `AwaitPayment`: nothing to pay is answered at once, else the patient gets a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.fulfillment.payment import stage as payment
from pharmonico.lambdas.stage import opener

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome


@opener(aws.machine)
def lambda_handler(work: OpenWait) -> Outcome:
    return payment.open_payment(
        work,
        orders=aws.orders(),
        checkouts=checkouts(),
        machine=aws.machine(),
        clock=aws.CLOCK,
    )
