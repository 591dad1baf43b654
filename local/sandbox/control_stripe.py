"""The control API for checkouts: list, pay or decline, expire, repeat the webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from local.sandbox.control import items, resend_about
from local.sandbox.http import json_of, limit_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.state import Json
    from local.sandbox.stripe_till import Till
    from local.sandbox.webhooks import Webhooks

GOOD_CARD = "4242424242424242"
OUTCOMES = ("", "won", "lost")


class StripeControl:
    """Under /sandbox/stripe/sessions."""

    def __init__(self, *, till: Till, webhooks: Webhooks) -> None:
        self._till = till
        self._webhooks = webhooks

    def routes(self) -> list[Route]:
        base = "/stripe/sessions"
        return [
            Route(base, self.list, methods=["GET"]),
            Route(f"{base}/{{id}}", self.show, methods=["GET"]),
            Route(f"{base}/{{id}}/pay", self.pay, methods=["POST"]),
            Route(f"{base}/{{id}}/expire", self.expire, methods=["POST"]),
            Route(f"{base}/{{id}}/dispute", self.dispute, methods=["POST"]),
            Route(f"{base}/{{id}}/resend", self.resend, methods=["POST"]),
        ]

    async def list(self, request: Request) -> JSONResponse:
        """`?reference=` matches client_reference_id or any metadata value."""
        wanted = request.query_params.get("reference")
        found = [s for s in self._till.sessions() if wanted is None or wanted in _marks(s)]
        return items(found[: limit_of(request)])

    async def show(self, request: Request) -> JSONResponse:
        return JSONResponse(self._till.session(request.path_params["id"]))

    async def pay(self, request: Request) -> JSONResponse:
        """With `amount_minor` another amount than was asked for is charged."""
        asked = await json_of(request)
        card, amount = str(asked.get("card", GOOD_CARD)), asked.get("amount_minor")
        if amount is not None and not (isinstance(amount, int) and amount > 0):
            raise HTTPException(400, "amount_minor is a whole number above 0")
        paid = self._till.pay(request.path_params["id"], card, amount_minor=amount)
        return JSONResponse(paid)

    async def expire(self, request: Request) -> JSONResponse:
        return JSONResponse(self._till.expire(request.path_params["id"]))

    async def dispute(self, request: Request) -> JSONResponse:
        """`reason` is the bank's; with `outcome` won or lost the dispute ends."""
        asked = await json_of(request)
        reason, outcome = str(asked.get("reason", "general")), str(asked.get("outcome", ""))
        if outcome not in OUTCOMES:
            raise HTTPException(400, "outcome is won, lost, or absent while it is open")
        made = self._till.dispute(request.path_params["id"], reason=reason, outcome=outcome)
        return JSONResponse(made)

    async def resend(self, request: Request) -> JSONResponse:
        return await resend_about(self._webhooks, request.path_params["id"], request)


def _marks(session: Json) -> list[str]:
    return [session["client_reference_id"], *session["metadata"].values()]
