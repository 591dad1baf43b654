"""POST /webhook/stripe: payments as Stripe reports them, proven by its signature."""

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.adapters.stripe_webhook import must_be_stripes, read_notice
from pharmonico.fulfillment.machine.work import IGNORED, Outcome
from pharmonico.fulfillment.payment import notices as payment_notices
from pharmonico.lambdas.http import Action, Api
from pharmonico.lambdas.logs import logger

api = Api(clock=aws.CLOCK)


@api.post("/webhook/stripe", Action.RECEIVE_WEBHOOK, tag="webhooks")
def receive_stripe_event() -> Outcome:
    """Take a signed Stripe event; answers what it changed, and 200 for all it must not repeat."""
    must_be_stripes(
        api.call.body,
        header=api.call.header("stripe-signature"),
        secret=secrets().stripe_webhook_secret,
        clock=aws.CLOCK,
    )
    notice = read_notice(api.call.body)
    if notice is None:
        return IGNORED
    outcome = payment_notices.hear(
        notice, orders=aws.orders(), checkouts=checkouts(), clock=aws.CLOCK
    )
    tell = logger().error if outcome is payment_notices.MISMATCH else logger().info
    tell("stripe event %s of %s: %s", notice.event_id, notice.prescription_id, outcome.outcome)
    return outcome


lambda_handler = api.handler
