"""The checkouts page: every Checkout Session with buttons to pay, decline or let it expire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.markup import Html, el
from local.sandbox.money import dollars
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, button_form, empty

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.state import Json
    from local.sandbox.stripe_till import Till

HERE = "/sandbox/checkouts"


class CheckoutsPage:
    """GET lists; the buttons post back here."""

    def __init__(self, *, till: Till) -> None:
        self._till = till

    def routes(self) -> list[Route]:
        return [
            Route("/checkouts", self.show, methods=["GET"]),
            Route("/checkouts/{id}", self.act, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        found = list(self._till.sessions())[:ROWS_MAX]
        cards = [_card(session) for session in found]
        return page("Checkouts", *(cards or [empty("No checkout yet.")]), here=HERE)

    async def act(self, request: Request) -> Response:
        fields = dict(await form_of(request))
        identifier = request.path_params["id"]
        if self._till.session(identifier)["status"] == "open":
            if fields.get("card"):
                self._till.pay(identifier, fields["card"])
            else:
                self._till.expire(identifier)
        return RedirectResponse(HERE, status_code=303)


def _card(session: Json) -> Html:
    marks = ", ".join(f"{name} {value}" for name, value in session["metadata"].items())
    state = session["status"] if session["payment_status"] == "unpaid" else "paid"
    return el(
        "article",
        el("h2", dollars(session["amount_total"]), " ", badge(state)),
        el("p", f"{session['id']} {marks}", class_="meta"),
        _actions(session) if session["status"] == "open" else None,
    )


def _actions(session: Json) -> Html:
    action = f"{HERE}/{session['id']}"
    return el(
        "div",
        button_form(action, "Pay with 4242", {"card": "4242424242424242"}, style="primary"),
        button_form(action, "Decline with 0002", {"card": "4000000000000002"}, style="danger"),
        button_form(action, "Let it expire"),
        el("p", el("a", "Open the checkout page", href=session["url"])),
        class_="row",
    )
