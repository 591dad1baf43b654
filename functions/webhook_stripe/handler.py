"""POST /webhook/stripe: payments as Stripe reports them, proven by its signature."""

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.adapters.stripe_webhook import must_be_stripes, read_notice
from pharmonico.fulfillment.machine.work import IGNORED, Outcome
from pharmonico.fulfillment.payment.hearing import NEEDS_PEOPLE, hear
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
    outcome = hear(notice, orders=aws.orders(), checkouts=checkouts(), clock=aws.CLOCK)
    tell = logger().error if outcome.outcome in NEEDS_PEOPLE else logger().info
    tell("stripe event %s of %s: %s", notice.event_id, notice.bearer, outcome.outcome)
    return outcome


lambda_handler = api.handler
