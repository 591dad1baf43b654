"""The switch in front of the payer: it records every claim and passes it on.

The deployed payer answers where one is known; a sandbox by itself asks the same rules in its own
process, so that it can be used without a cloud.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import ncpdp
from ncpdp import telecom
from pharmonico.kit.clock import SystemClock
from pharmonico.payer import door
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.sandbox.http import body_of
from local.sandbox.payer_book import ShelfBook

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from local.sandbox.payer_claims import Claims
    from local.sandbox.payer_switch import Downtime
    from local.sandbox.state import State

OCTETS = "application/octet-stream"
TIMEOUT_S = 20.0
UNREACHABLE = {"title": "The payer cannot be reached.", "status": 503}


async def answer_unreadable(_: Request, unreadable: Exception) -> JSONResponse:
    body = {"title": "This is not a readable D.0 request.", "detail": str(unreadable)}
    return JSONResponse(body | {"status": 400}, 400, media_type="application/problem+json")


class Payer:
    """POST /payer/claims; one answer per transaction of the request."""

    def __init__(
        self,
        *,
        claims: Claims,
        downtime: Downtime,
        state: State,
        deployed: Callable[[], str | None],
    ) -> None:
        self._claims = claims
        self._downtime = downtime
        self._book = ShelfBook(state=state)
        self._deployed = deployed

    def routes(self) -> list[Route]:
        return [Route("/claims", self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        raw = await body_of(request)
        asked = ncpdp.parse(raw)
        if not isinstance(asked, telecom.Request):
            raise ncpdp.UnsupportedMessage(door.NOT_A_CLAIM, code="telecom.not_a_request")
        try:
            written = self._downtime.answer(asked) or await self._ask(raw)
        except httpx.HTTPError:
            return JSONResponse(UNREACHABLE, 503, media_type="application/problem+json")
        self._claims.note(asked, request=raw, response=written)
        return Response(written, media_type=request.headers.get("content-type", OCTETS))

    async def _ask(self, raw: bytes) -> bytes:
        url = self._deployed()
        if url is None:
            return door.answer(raw, book=self._book, clock=SystemClock())
        async with httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S) as client:
            answer = await client.post(url, content=raw, headers={"Content-Type": OCTETS})
        return answer.raise_for_status().content
