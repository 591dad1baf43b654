"""`/api/v1/payments/{id}`: what was paid and went back, refunds, and money that is held."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.payment import mismatch, refunding
from pharmonico.fulfillment.payment.papers import papers
from pharmonico.kit.ids import fingerprint
from pharmonico.lambdas.http import Action, Body
from pharmonico.lambdas.http.idempotency import key_of

from functions.payments_api.api import TAG, api, audited, done, within_reach
from functions.payments_api.models import (
    Acceptance,
    Accepted,
    Payments,
    RefundAnswer,
    RefundRequest,
    payment_view,
    refund_view,
)

GUARDED = {"idempotent": True, "if_match": True, "status": 202, "tag": TAG}
_ID = "/api/v1/payments/<prescription_id>"
KEY_CHARS = 24


@api.get(_ID, Action.READ_PAYMENTS, tag=TAG)
def read_payments(prescription_id: str) -> Payments:
    """Every attempt with what came, what went back, what is left, and disputes."""
    order = within_reach(prescription_id)
    found = papers(order.id, orders=aws.orders())
    answer = Payments(
        prescription_id=order.id,
        revision=order.revision,
        status=order.status,
        alerts=list(order.alerts),
        payments=[payment_view(payment) for payment in found],
    )
    api.call.etag(order.revision, answer.model_dump_json())
    audited("payments_read", order.id)
    return answer


@api.post(f"{_ID}/refunds", Action.SETTLE_PAYMENT, **GUARDED)
def refund_payment(prescription_id: str, asked: Annotated[RefundRequest, Body()]) -> RefundAnswer:
    """Give money back, in whole or in part; it is carried out shortly after.

    While the prescription is on its way, cancelling gives the whole back; a part may go back at
    any time. The refund's status tells whether the provider has taken it on.
    """
    call = api.call
    wish = refunding.Wish(
        key=fingerprint("refund", call.caller.id, key_of(call))[:KEY_CHARS],
        reason=asked.reason,
        note=asked.note,
        amount_minor=asked.amount_minor,
        attempt=asked.attempt,
    )
    order, payment = done(
        "payment_refund_asked",
        prescription_id,
        lambda: refunding.ask(
            prescription_id,
            wish,
            actor=call.actor,
            expected_revision=call.expected_revision,
            orders=aws.orders(),
            clock=aws.CLOCK,
        ),
    )
    call.etag(order.revision)
    return refund_view(order, payment, wish.key)


@api.post(f"{_ID}/accept", Action.SETTLE_PAYMENT, **GUARDED)
def accept_payment(prescription_id: str, asked: Annotated[Acceptance, Body()]) -> Accepted:
    """Take money of another amount than was asked for as the whole payment, and go on."""
    call = api.call

    def accept() -> Order:
        return mismatch.accept(
            prescription_id,
            asked.attempt,
            note=asked.note,
            actor=call.actor,
            expected_revision=call.expected_revision,
            orders=aws.orders(),
            clock=aws.CLOCK,
        )

    order = done("payment_accepted", prescription_id, accept)
    call.etag(order.revision)
    return Accepted(prescription_id=order.id, revision=order.revision, status=order.status)
