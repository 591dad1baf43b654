"""The short link of payment messages: it leads on to whatever checkout is open."""

from http import HTTPStatus
from typing import Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.payment.portal_links import PATH, checkout_url
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Response

from functions.portal_api.api import TAG, api

NOTHING_TO_PAY = "/#payment=over"


@api.get(f"{PATH}/<reference>", Action.OPEN_PORTAL, tag=TAG)
def pay(reference: str) -> Response[Any]:
    """Go to the open checkout; when nothing is to be paid, to the portal."""
    url = checkout_url(reference, orders=aws.orders(), tokens=aws.tokens())
    place = url or settings().need("PORTAL_URL").rstrip("/") + NOTHING_TO_PAY
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": place})
