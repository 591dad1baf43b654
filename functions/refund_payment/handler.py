"""Task `RefundPayment` of the cancellation: close open checkouts, give back what was paid."""

from __future__ import annotations

from pharmonico.adapters import aws
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.payment import refund as payment_refund
from pharmonico.lambdas.stage import stage


@stage(Work)
def lambda_handler(work: Work) -> Outcome:
    return payment_refund.refund_payment(
        work, orders=aws.orders(), checkouts=checkouts(), clock=aws.CLOCK
    )
