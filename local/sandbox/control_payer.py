"""The control API for claims: what the switch remembers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.sandbox.control import items
from local.sandbox.http import json_of, limit_of
from local.sandbox.payer_sums import sums

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.payer_claims import Claims
    from local.sandbox.payer_switch import Downtime


class PayerControl:
    """GET /sandbox/payer/claims, `?rx_number=` and `?member=` as filters; hosts that are down."""

    def __init__(self, *, claims: Claims, downtime: Downtime) -> None:
        self._claims = claims
        self._downtime = downtime

    def routes(self) -> list[Route]:
        return [
            Route("/payer/claims", self.list, methods=["GET"]),
            Route("/payer/members", self.members, methods=["GET"]),
            Route("/payer/down", self.list_down, methods=["GET"]),
            Route("/payer/down", self.down, methods=["POST"]),
            Route("/payer/down/{bin}", self.up, methods=["DELETE"]),
        ]

    async def members(self, request: Request) -> JSONResponse:
        """What each member and plan has paid."""
        found = [asdict(one) for one in sums(self._claims.newest())]
        return items(found[: limit_of(request)])

    async def list_down(self, _: Request) -> JSONResponse:
        return items(self._downtime.all())

    async def down(self, request: Request) -> JSONResponse:
        """`{bin, code}`: the switch answers for this payer with a host condition, 92 by default."""
        asked = await json_of(request)
        code = str(asked.get("code", "92"))
        return JSONResponse(self._downtime.begin(str(asked.get("bin", "")), code), 201)

    async def up(self, request: Request) -> Response:
        self._downtime.end(request.path_params["bin"])
        return Response(status_code=204)

    async def list(self, request: Request) -> JSONResponse:
        asked = request.query_params
        found = [
            claim
            for claim in self._claims.newest()
            if asked.get("rx_number") in (None, claim["rx_number"])
            and asked.get("member") in (None, claim["member_id"])
        ]
        return items(found[: limit_of(request)])
