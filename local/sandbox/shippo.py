"""Shippo's API door: JSON in and out, 201 on creation, lists in pages, labels as PDF."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.sandbox.http import json_of
from local.sandbox.label import label_pdf, manifest_pdf
from local.sandbox.shippo_objects import ShippoRefusedError

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.settings import Settings
    from local.sandbox.shippo_depot import Depot
    from local.sandbox.state import Json

PAGE_ITEMS_MAX = 100


async def answer_refused(_: Request, refused: Exception) -> JSONResponse:
    if not isinstance(refused, ShippoRefusedError):
        raise refused
    return JSONResponse(refused.body, status_code=refused.status)


class Shippo:
    """The routes under /shippo, with and without the trailing slash that Shippo tolerates."""

    def __init__(self, *, depot: Depot, settings: Settings) -> None:
        self._depot = depot
        self._settings = settings

    def routes(self) -> list[Route]:
        post, get = ["POST"], ["GET"]
        return [
            Route("/addresses", self.create_address, methods=post),
            Route("/addresses/{id}", self.get_address, methods=get),
            Route("/addresses/{id}/validate", self.validate_address, methods=get),
            Route("/parcels", self.create_parcel, methods=post),
            Route("/parcels/{id}", self.get_parcel, methods=get),
            Route("/shipments", self.create_shipment, methods=post),
            Route("/shipments/{id}", self.get_shipment, methods=get),
            Route("/shipments/{id}/rates", self.list_rates, methods=get),
            Route("/rates/{id}", self.get_rate, methods=get),
            Route("/transactions", self.create_transaction, methods=post),
            Route("/transactions", self.list_transactions, methods=get),
            Route("/transactions/{id}", self.get_transaction, methods=get),
            Route("/refunds", self.create_refund, methods=post),
            Route("/refunds/", self.list_refunds, methods=get),
            Route("/refunds/{id}", self.get_refund, methods=get),
            Route("/manifests", self.create_manifest, methods=post),
            Route("/manifests", self.list_manifests, methods=get),
            Route("/manifests/{id}.pdf", self.get_manifest_file, methods=get),
            Route("/tracks", self.create_track, methods=post),
            Route("/tracks/{carrier}/{number}", self.get_track, methods=get),
            Route("/labels/{id}.pdf", self.get_label, methods=get),
        ]

    async def create_address(self, request: Request) -> JSONResponse:
        return _created(self._depot.add_address(await self._order(request)))

    async def get_address(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.address(self._id(request)))

    async def validate_address(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.validate_address(self._id(request)))

    async def create_parcel(self, request: Request) -> JSONResponse:
        return _created(self._depot.add_parcel(await self._order(request)))

    async def get_parcel(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.parcel(self._id(request)))

    async def create_shipment(self, request: Request) -> JSONResponse:
        order = await self._order(request)
        made = self._depot.add_shipment(order)
        return _created(made | {"status": "QUEUED", "rates": []} if _async(order) else made)

    async def get_shipment(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.shipment(self._id(request)))

    async def list_rates(self, request: Request) -> JSONResponse:
        return _page(request, self._depot.shipment(self._id(request))["rates"])

    async def get_rate(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.rate(self._id(request)))

    async def create_transaction(self, request: Request) -> JSONResponse:
        order = await self._order(request)
        labels_url = f"{request.base_url}shippo/labels"
        buy = self._depot.buy_instantly if "servicelevel_token" in order else self._depot.buy
        made = buy(order, labels_url=labels_url)
        if not _async(order):
            return _created(made)
        later = {"label_url": None, "tracking_number": None, "tracking_url_provider": None}
        return _created(made | later | {"status": "QUEUED"})

    async def list_transactions(self, request: Request) -> JSONResponse:
        self._check_token(request)
        return _page(request, self._depot.transactions(dict(request.query_params)))

    async def get_transaction(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.transaction(self._id(request)))

    async def create_refund(self, request: Request) -> JSONResponse:
        order = await self._order(request)
        made = self._depot.void(order)
        return _created(made | {"status": "QUEUED"} if _async(order) else made)

    async def list_refunds(self, request: Request) -> JSONResponse:
        self._check_token(request)
        return _page(request, self._depot.refunds())

    async def get_refund(self, request: Request) -> JSONResponse:
        return JSONResponse(self._depot.refund(self._id(request)))

    async def create_manifest(self, request: Request) -> JSONResponse:
        order = await self._order(request)
        files_url = f"{request.base_url}shippo/manifests"
        return _created(self._depot.manifests.make(order, files_url=files_url))

    async def list_manifests(self, request: Request) -> JSONResponse:
        self._check_token(request)
        return _page(request, self._depot.manifests.all())

    async def get_manifest_file(self, request: Request) -> Response:
        """Like a label's, its address is public and unguessable."""
        made = self._depot.manifests.get(request.path_params["id"])
        return Response(manifest_pdf(made), media_type="application/pdf")

    async def create_track(self, request: Request) -> JSONResponse:
        order = await self._order(request)
        for name in ("carrier", "tracking_number"):
            if not order.get(name):
                raise ShippoRefusedError({name: ["This field is required."]})
        metadata = str(order.get("metadata") or "")
        made = self._depot.register(str(order["carrier"]), str(order["tracking_number"]), metadata)
        return JSONResponse(made)

    async def get_track(self, request: Request) -> JSONResponse:
        self._check_token(request)
        asked = request.path_params
        return JSONResponse(self._depot.track(asked["carrier"], asked["number"]))

    async def get_label(self, request: Request) -> Response:
        """The label file needs no token: Shippo's label addresses are public and unguessable."""
        label = self._depot.transaction(request.path_params["id"])
        if label["status"] == "ERROR":
            raise ShippoRefusedError({"detail": "Not found."}, status=404)
        rate = self._depot.rate(label["rate"])
        shipment = self._depot.shipment(rate["shipment"])
        return Response(label_pdf(label, rate, shipment), media_type="application/pdf")

    async def _order(self, request: Request) -> Json:
        self._check_token(request)
        return await json_of(request)

    def _id(self, request: Request) -> str:
        self._check_token(request)
        return str(request.path_params["id"])

    def _check_token(self, request: Request) -> None:
        wanted = f"ShippoToken {self._settings.credentials.shippo_token}".encode()
        sent = request.headers.get("authorization", "").encode()
        if not secrets.compare_digest(sent, wanted):
            raise ShippoRefusedError({"detail": "Token does not exist"}, status=401)


def _async(order: Json) -> bool:
    """Shippo works asynchronously unless told not to: the answer then says QUEUED."""
    return bool(order.get("async", True))


def _created(made: Json) -> JSONResponse:
    return JSONResponse(made, status_code=201)


def _page(request: Request, found: list[Json]) -> JSONResponse:
    asked = request.query_params
    size = min(_number(asked.get("results"), 25), PAGE_ITEMS_MAX)
    number = _number(asked.get("page"), 1)
    begin = (number - 1) * size
    more = len(found) > begin + size
    url = request.url.include_query_params
    return JSONResponse(
        {
            "next": str(url(page=number + 1)) if more else None,
            "previous": str(url(page=number - 1)) if number > 1 else None,
            "results": found[begin : begin + size],
        }
    )


def _number(text: str | None, usual: int) -> int:
    return max(int(text), 1) if text and text.isdigit() else usual
