"""The prescriber's system: it takes SCRIPT by POST, and answers through the pharmacy's door."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
from ncpdp import NcpdpError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from local.sandbox.http import body_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from local.sandbox.prescriber_desk import Desk
    from local.sandbox.settings import Settings
    from local.sandbox.state import Json

XML = "application/xml"
TIMEOUT_S = 30.0


class Prescriber:
    """POST /prescriber/script; the bearer token is the sandbox's own."""

    def __init__(self, *, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._settings = settings

    def routes(self) -> list[Route]:
        return [Route("/script", self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        tokens = self._settings.credentials.prescriber_tokens.values()
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or given not in tokens:
            raise HTTPException(401, "the bearer token is not the sandbox's")
        try:
            return Response(self._desk.take(await body_of(request)), media_type=XML)
        except NcpdpError as unreadable:
            raise HTTPException(400, str(unreadable)) from unreadable


class Answering:
    """Sends an answer to the deployed API, as the provider's system that is seeded there."""

    def __init__(self, *, desk: Desk, settings: Settings, bearer: Callable[[], str]) -> None:
        self._desk = desk
        self._settings = settings
        self._bearer = bearer

    async def answer(self, message_id: str, outcome: str, order: Json) -> Json:
        """`{status, body}`: what the pharmacy's door replied."""
        message = self._desk.answer(message_id, outcome, order)
        bearer = await asyncio.to_thread(self._bearer)
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": XML}
        url = f"{self._settings.webhooks_url}/api/v1/script"
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S) as client:
                answer = await client.post(url, content=message, headers=headers)
        except httpx.HTTPError as error:
            raise HTTPException(502, "the pharmacy's door does not answer") from error
        return {"status": answer.status_code, "body": answer.text}
