"""POST /webhook/shippo: where parcels are, as Shippo reports it."""

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.shippo_webhook import read_scan
from pharmonico.adapters.webhook_signatures import must_be_shippos, must_know_token
from pharmonico.fulfillment.machine.work import IGNORED, Outcome
from pharmonico.fulfillment.shipping import tracking
from pharmonico.lambdas.http import Action, Api
from pharmonico.lambdas.logs import logger

api = Api(clock=aws.CLOCK)


@api.post("/webhook/shippo", Action.RECEIVE_WEBHOOK, tag="webhooks")
def receive_tracking_update() -> Outcome:
    """Take a `track_updated` event; answers what it changed, and 200 for parcels not ours."""
    _must_be_shippos()
    scan = read_scan(api.call.body)
    if scan is None:
        return IGNORED
    outcome = tracking.apply_scan(scan, orders=aws.orders(), clock=aws.CLOCK)
    logger().info("scan worked in", outcome=outcome.outcome, scan_status=scan.status)
    return outcome


def _must_be_shippos() -> None:
    keys, call = secrets(), api.call
    if keys.shippo_webhook_secret:
        signature = call.header("shippo-auth-signature")
        must_be_shippos(
            call.body, header=signature, secret=keys.shippo_webhook_secret, clock=aws.CLOCK
        )
    else:
        given = (call.event.query_string_parameters or {}).get("token", "")
        must_know_token(given, token=keys.shippo_webhook_token)


lambda_handler = api.handler
