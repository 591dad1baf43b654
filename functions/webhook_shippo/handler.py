"""POST /webhook/shippo: where parcels are, as Shippo reports it."""

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.shippo_webhook import read_scan
from pharmonico.adapters.webhook_signatures import must_be_shippos
from pharmonico.fulfillment.machine.work import IGNORED, Outcome
from pharmonico.fulfillment.shipping import tracking
from pharmonico.lambdas.http import Action, Api
from pharmonico.lambdas.logs import logger

api = Api(clock=aws.CLOCK)


@api.post("/webhook/shippo", Action.RECEIVE_WEBHOOK, tag="webhooks")
def receive_tracking_update() -> Outcome:
    """Take a `track_updated` event; answers what it changed, and 200 for parcels not ours."""
    must_be_shippos(
        api.call.body,
        header=api.call.header("shippo-auth-signature"),
        token=(api.call.event.query_string_parameters or {}).get("token", ""),
        secret=secrets().shippo_webhook_secret,
        clock=aws.CLOCK,
    )
    scan = read_scan(api.call.body)
    if scan is None:
        return IGNORED
    outcome = tracking.apply_scan(scan, orders=aws.orders(), clock=aws.CLOCK)
    logger().info("scan worked in", outcome=outcome.outcome, scan_status=scan.status)
    return outcome


lambda_handler = api.handler
