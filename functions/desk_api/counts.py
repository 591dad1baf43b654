"""`GET /api/v1/counts`: the figures on the dashboard's tabs."""

from pharmonico.adapters import aws
from pharmonico.fulfillment.desk import counting
from pharmonico.lambdas.http import Action

from functions.desk_api.api import TAG, api


@api.get("/api/v1/counts", Action.LIST_WORK, tag=TAG)
def read_counts() -> counting.Counts:
    """How many prescriptions wait behind each tab; a figure ends at 1,000 per status."""
    shown = counting.counts(
        orders=aws.orders(), failures=aws.desk(), tokens=aws.tokens(), clock=aws.CLOCK
    )
    api.call.etag(0, shown.model_dump_json(exclude={"counted_at"}))  # the figures, not the time
    return shown
