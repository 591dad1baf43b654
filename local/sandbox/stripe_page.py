"""The hosted checkout page: a plain form, no script, works with a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.markup import Html, el, join
from local.sandbox.money import dollars
from local.sandbox.pages.layout import bare_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.state import Json
    from local.sandbox.stripe_till import Till

ENDED = {"complete": "This payment is complete.", "expired": "This checkout has expired."}
CARDS = (
    ("4242 4242 4242 4242", "Pay with 4242 (pays)", "primary"),
    ("4000 0000 0000 0002", "Pay with 4000 … 0002 (declines)", "danger"),
)


class CheckoutPage:
    """GET shows the bill, POST tries a card."""

    def __init__(self, *, till: Till) -> None:
        self._till = till

    def routes(self) -> list[Route]:
        return [
            Route("/pay/{id}", self.show, methods=["GET"]),
            Route("/pay/{id}", self.pay, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        return self._page(self._till.session(request.path_params["id"]))

    async def pay(self, request: Request) -> Response:
        fields = dict(await form_of(request))
        bill = self._till.session(request.path_params["id"])
        if bill["status"] != "open":
            return self._page(bill)
        outcome = self._till.pay(bill["id"], fields.get("card", ""))
        if not outcome["paid"]:
            return self._page(bill, error=outcome["message"])
        back = bill["success_url"].replace("{CHECKOUT_SESSION_ID}", bill["id"])
        return RedirectResponse(back, status_code=303)

    def _page(self, bill: Json, *, error: str = "") -> Response:
        items = self._till.line_items(bill["id"])["data"]
        lines = [
            el("li", el("span", item["description"]), el("strong", dollars(item["amount_total"])))
            for item in items
        ]
        body = ENDED.get(bill["status"]) or _forms(bill, error)
        main = join(
            el("p", "Test checkout: no real money moves.", class_="note"),
            el("h1", dollars(bill["amount_total"])),
            el("ul", *lines, class_="bill"),
            body if isinstance(body, Html) else el("p", body, role="status", class_="banner"),
        )
        # The successful form ends in a redirect to the merchant's page, wherever that lives.
        return bare_page("Checkout", main, status=402 if error else 200, form_action="*")


def _forms(bill: Json, error: str) -> Html:
    action = f"/stripe/pay/{bill['id']}"
    problem = el("p", error, role="alert", class_="banner error") if error else None
    typed = el(
        "form",
        el("label", "Card number", for_="card"),
        el("input", id="card", name="card", inputmode="numeric", autocomplete="cc-number"),
        el("button", "Pay"),
        method="post",
        action=action,
        class_="stack",
    )
    quick = [
        el(
            "form",
            el("input", type="hidden", name="card", value=card),
            el("button", label, class_=style),
            method="post",
            action=action,
        )
        for card, label, style in CARDS
    ]
    cancel = bill["cancel_url"] and el("a", "Cancel and go back", href=bill["cancel_url"])
    return join(problem, el("div", *quick, class_="row"), typed, el("p", cancel))
