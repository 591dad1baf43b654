"""`GET /api/v1/counts`: the figures on the dashboard's tabs."""

from pharmonico.adapters import aws
from pharmonico.fulfillment.desk import counting
from pharmonico.lambdas.http import Action

from functions.desk_api.api import TAG, api, unless_known


@api.get("/api/v1/counts", Action.LIST_WORK, tag=TAG)
def read_counts() -> counting.Counts:
    """How many prescriptions wait behind each tab; a figure ends at 1,000 per status."""
    shown = counting.counts(
        orders=aws.orders(), failures=aws.desk(), tokens=aws.tokens(), clock=aws.CLOCK
    )
    unless_known(shown)
    return shown
