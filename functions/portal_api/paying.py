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
from pharmonico.kit.errors import Gone, Unauthenticated
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Body, Response
from pydantic import BaseModel, Field

from functions.portal_api.api import COOKIE_RULES, TAG, api, current
from functions.portal_api.opening import Proof

ORDER = "/api/v1/portal/order"
THE_PAGE = "/pay"
ORDER_COOKIE = "__Host-order"
"""It lives as long as the browser is open, and no script can read it."""


class Reference(BaseModel):
    """What stands behind `#r=` in a payment message: it opens the order's own page."""

    reference: Annotated[str, Field(min_length=1, max_length=200)]


@api.get(ORDER, Action.OPEN_PORTAL, tag=TAG)
def read_order() -> Whereabouts:
    """Where the order is that was opened in this browser, or the session's."""
    return whereabouts(_order_here(), orders=aws.orders())


@api.post(ORDER, Action.OPEN_PORTAL, tag=TAG)
def open_order(named: Annotated[Reference, Body()]) -> Whereabouts:
    """Where the order is, by the reference of a payment message; it names nobody.

    The answer sets a cookie by which this browser finds the order again.
    """
    order_id = order_of(named.reference, tokens=aws.tokens())
    _remember(named.reference)
    return whereabouts(order_id, orders=aws.orders())


@api.delete(ORDER, Action.OPEN_PORTAL, status=204, tag=TAG)
def forget_order() -> None:
    """This browser finds the order no more: somebody leaves, or a session begins."""
    api.call.answer_headers["Set-Cookie"] = f"{ORDER_COOKIE}=; {COOKIE_RULES}; Max-Age=0"


@api.post(f"{ORDER}/link", Action.OPEN_PORTAL, tag=TAG)
def follow_order(proof: Annotated[Proof, Body()]) -> Whereabouts:
    """The same by the old invitation and the date of birth, for later visits."""
    tokens = aws.tokens()
    order_id = proven(
        proof.token, proof.date_of_birth, orders=aws.orders(), tokens=tokens, clock=aws.CLOCK
    )
    _remember(mint_reference(order_id, tokens=tokens))
    return whereabouts(order_id, orders=aws.orders())


@api.get(PATH, Action.OPEN_PORTAL, tag=TAG)
def pay_here() -> Response[Any]:
    """Go to the open checkout of the order in this browser; when nothing is to be paid, back."""
    try:
        order_id = _order_here()
    except (Gone, Unauthenticated):
        return _onward(None)
    return _onward(open_checkout(order_id, orders=aws.orders()))


@api.get(f"{PATH}/<reference>", Action.OPEN_PORTAL, tag=TAG)
def pay(reference: str) -> Response[Any]:
    """Go to the open checkout; when nothing is to be paid, back to the portal."""
    return _onward(checkout_url(reference, orders=aws.orders(), tokens=aws.tokens()))


def _order_here() -> str:
    """By the cookie of an opened order, else by the session's."""
    reference = api.call.cookie(ORDER_COOKIE)
    return order_of(reference, tokens=aws.tokens()) if reference else current().order_id


def _remember(reference: str) -> None:
    api.call.answer_headers["Set-Cookie"] = f"{ORDER_COOKIE}={reference}; {COOKIE_RULES}"


def _onward(checkout: str | None) -> Response[Any]:
    place = checkout or settings().need("PORTAL_URL").rstrip("/") + THE_PAGE
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": place})
