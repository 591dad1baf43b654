"""The control API for parcels: list them and let the carrier scan one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from local.sandbox.control import items, resend_about
from local.sandbox.http import json_of, limit_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.shippo_depot import Depot
    from local.sandbox.webhooks import Webhooks


class ShippoControl:
    """Under /sandbox/shippo/parcels."""

    def __init__(self, *, depot: Depot, webhooks: Webhooks) -> None:
        self._depot = depot
        self._webhooks = webhooks

    def routes(self) -> list[Route]:
        base = "/shippo/parcels"
        return [
            Route(base, self.list, methods=["GET"]),
            Route(f"{base}/{{number}}", self.show, methods=["GET"]),
            Route(f"{base}/{{number}}/move", self.move, methods=["POST"]),
            Route(f"{base}/{{number}}/resend", self.resend, methods=["POST"]),
        ]

    async def list(self, request: Request) -> JSONResponse:
        """`?metadata=` is a part of the label's metadata."""
        wanted = request.query_params.get("metadata", "")
        found = [p for p in self._depot.parcels_in_care() if wanted in p["metadata"]]
        return items(found[: limit_of(request)])

    async def show(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.parcel_on_the_way(request.path_params["number"]))

    async def move(self, request: Request) -> JSONResponse:
        step = str((await json_of(request)).get("status", "")).upper()
        return JSONResponse(self._depot.move(request.path_params["number"], step))

    async def resend(self, request: Request) -> JSONResponse:
        return await resend_about(self._webhooks, request.path_params["number"], request)
