"""POST /api/payments/create-link and /api/v1/payments: ops sends another payment link."""

from pharmonico.adapters import aws
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.fulfillment.payment import links as payment_links
from pharmonico.lambdas.http import Action

from functions.payments_api.api import TAG, api, done
from functions.payments_api.models import LinkRequest, PaymentLink, link_of


@api.post(
    "/api/v1/payments",
    Action.CREATE_PAYMENT_LINK,
    also="/api/payments/create-link",
    idempotent=True,
    status=201,
    tag=TAG,
)
def create_payment_link(asked: LinkRequest) -> PaymentLink:
    """Make a new payment link in place of the old one.

    Allowed while the prescription awaits payment, or rests because the payment failed or expired;
    a resting one is taken up again, and billed again where its claim was taken back.
    """
    payment = done(
        "payment_link_created",
        asked.prescription_id,
        lambda: payment_links.reissue_link(
            asked.prescription_id,
            actor=api.call.actor,
            orders=aws.orders(),
            checkouts=checkouts(),
            clock=aws.CLOCK,
        ),
    )
    return link_of(asked.prescription_id, payment)
