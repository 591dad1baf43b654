"""The order's own page after the enrollment: its price, its way to the checkout, its parcel."""

from http import HTTPStatus
from typing import Annotated, Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.renewal import proven
from pharmonico.fulfillment.enrollment.whereabouts import Whereabouts, whereabouts
from pharmonico.fulfillment.payment.portal_links import (
    PATH,
    checkout_url,
    mint_reference,
    open_checkout,
    order_of,
)
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Body, Response
from pydantic import BaseModel, Field

from functions.portal_api.api import TAG, api, current
from functions.portal_api.opening import Proof

ORDER = "/api/v1/portal/order"
THE_PAGE = "/pay"


class Reference(BaseModel):
    """What stands behind `#r=` in a payment message: it opens the order's own page."""

    reference: Annotated[str, Field(min_length=1, max_length=200)]


@api.get(ORDER, Action.READ_ENROLLMENT, tag=TAG)
def read_order() -> Whereabouts:
    """Where the order of the session is."""
    return whereabouts(current().order_id, orders=aws.orders())


@api.post(ORDER, Action.OPEN_PORTAL, tag=TAG)
def open_order(named: Annotated[Reference, Body()]) -> Whereabouts:
    """Where the order is, by the reference of a payment message; it names nobody."""
    return whereabouts(order_of(named.reference, tokens=aws.tokens()), orders=aws.orders())


@api.post(f"{ORDER}/link", Action.OPEN_PORTAL, tag=TAG)
def follow_order(proof: Annotated[Proof, Body()]) -> Reference:
    """The order's reference by the old invitation and the date of birth, for later visits."""
    tokens = aws.tokens()
    order_id = proven(
        proof.token, proof.date_of_birth, orders=aws.orders(), tokens=tokens, clock=aws.CLOCK
    )
    return Reference(reference=mint_reference(order_id, tokens=tokens))


@api.get(PATH, Action.READ_ENROLLMENT, tag=TAG)
def pay_in_session() -> Response[Any]:
    """Go to the open checkout of the session's order; when nothing is to be paid, back."""
    return _onward(open_checkout(current().order_id, orders=aws.orders()))


@api.get(f"{PATH}/<reference>", Action.OPEN_PORTAL, tag=TAG)
def pay(reference: str) -> Response[Any]:
    """Go to the open checkout; when nothing is to be paid, back to the portal."""
    return _onward(checkout_url(reference, orders=aws.orders(), tokens=aws.tokens()))


def _onward(checkout: str | None) -> Response[Any]:
    place = checkout or settings().need("PORTAL_URL").rstrip("/") + THE_PAGE
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": place})
