"""The control API for claims: what the switch remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from local.sandbox.control import items
from local.sandbox.http import limit_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import JSONResponse

    from local.sandbox.payer_claims import Claims


class PayerControl:
    """GET /sandbox/payer/claims, `?rx_number=` and `?member=` as filters."""

    def __init__(self, *, claims: Claims) -> None:
        self._claims = claims

    def routes(self) -> list[Route]:
        return [Route("/payer/claims", self.list, methods=["GET"])]

    async def list(self, request: Request) -> JSONResponse:
        asked = request.query_params
        found = [
            claim
            for claim in self._claims.newest()
            if asked.get("rx_number") in (None, claim["rx_number"])
            and asked.get("member") in (None, claim["member_id"])
        ]
        return items(found[: limit_of(request)])
