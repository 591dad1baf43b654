"""The control API for the prescriber: what was received, how it replies, what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from local.sandbox.control import items
from local.sandbox.http import json_of, limit_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.prescriber import Answering
    from local.sandbox.prescriber_desk import Desk


class PrescriberControl:
    """Under /sandbox/prescriber."""

    def __init__(self, *, desk: Desk, answering: Answering) -> None:
        self._desk = desk
        self._answering = answering

    def routes(self) -> list[Route]:
        return [
            Route("/prescriber/messages", self.list, methods=["GET"]),
            Route("/prescriber/messages/{id}/answer", self.answer, methods=["POST"]),
            Route("/prescriber/replies", self.reply, methods=["POST"]),
        ]

    async def list(self, request: Request) -> JSONResponse:
        """`?relates_to=` and `?type=` as filters, newest first."""
        asked = request.query_params
        found = [
            message
            for message in self._desk.newest()
            if asked.get("relates_to") in (None, message["relates_to"])
            and asked.get("type") in (None, message["type"])
        ]
        return items(found[: limit_of(request)])

    async def answer(self, request: Request) -> JSONResponse:
        """`{outcome, medication?, note?, code?}`; answers what the pharmacy's door replied."""
        order = await json_of(request)
        outcome = str(order.get("outcome", "approved"))
        return JSONResponse(await self._answering.answer(request.path_params["id"], outcome, order))

    async def reply(self, request: Request) -> JSONResponse:
        """`{reply: status|verify|error, code, times}`: how the next messages are replied to."""
        return JSONResponse(self._desk.order_reply(await json_of(request)))
