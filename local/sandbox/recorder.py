"""ASGI middleware in front of the providers: records each call and carries out ordered faults."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from typing import TYPE_CHECKING

from local.sandbox.faults import PROVIDERS, error_body
from local.sandbox.state import iso, now

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from local.sandbox.faults import Faults
    from local.sandbox.state import Json, State

KEPT_BYTES_MAX = 16_384
PAGES = ("/stripe/pay/", "/shippo/labels/")
KEPT_HEADERS = (b"content-type", b"idempotency-key", b"user-agent")


class Recorder:
    """Wraps the whole app; calls to the control API and to pages pass unrecorded."""

    def __init__(self, app: ASGIApp, *, state: State, faults: Faults) -> None:
        self._app = app
        self._state = state
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        provider = _provider_of(scope)
        if provider is None:
            await self._app(scope, receive, send)
            if scope["type"] == "http" and scope["method"] != "GET":
                self._state.changed()
            return
        await self._recorded(provider, scope, receive, send)

    async def _recorded(self, provider: str, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(f"/{provider}")
        tape = Tape(receive, send)
        fault = self._faults.take(provider, scope["method"], path)
        begun = time.monotonic()
        try:
            if fault is None:
                await self._app(scope, tape.receive, tape.send)
            else:
                await self._fail(fault, scope, tape)
        finally:
            call = tape.as_json() | {"duration_ms": round((time.monotonic() - begun) * 1000)}
            self._keep(provider, scope, path, call, fault)

    async def _fail(self, fault: Json, scope: Scope, tape: Tape) -> None:
        if fault["when"] == "after":
            await self._app(scope, tape.receive, tape.swallow)
        else:
            await tape.read_body()
        if fault["kind"] == "timeout":
            await _hold_then_drop(fault["delay_s"], tape)
        else:
            await _answer(fault["status"], error_body(fault["provider"], fault["status"]), tape)

    def _keep(self, provider: str, scope: Scope, path: str, call: Json, fault: Json | None) -> None:
        number = self._state.next_number()
        headers = {k.decode(): v.decode() for k, v in scope["headers"] if k in KEPT_HEADERS}
        record = {
            "id": number,
            "at": iso(now()),
            "provider": provider,
            "method": scope["method"],
            "path": path,
            "query": scope["query_string"].decode(),
            "headers": headers,
            "fault": fault and fault["kind"],
        }
        self._state.shelf("calls").put(str(number), record | call)
        self._state.changed()


class Tape:
    """Listens to both directions of one exchange and keeps the first 16 KB of each."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._request = b""
        self._response = b""
        self._status: int | None = None

    async def receive(self) -> Message:
        message = await self._receive()
        self._request = (self._request + message.get("body", b""))[:KEPT_BYTES_MAX]
        return message

    async def read_body(self) -> None:
        while (await self.receive()).get("more_body", False):
            pass

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
        self._response = (self._response + message.get("body", b""))[:KEPT_BYTES_MAX]
        await self._send(message)

    async def swallow(self, message: Message) -> None:
        """The answer that gets lost on the way."""

    def as_json(self) -> Json:
        return {
            "status": self._status,
            "request": _readable(self._request),
            "response": _readable(self._response),
        }


def _readable(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(raw).decode()


def _provider_of(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["path"].startswith(PAGES):
        return None
    first = scope["path"].split("/", 2)[1]
    return first if first in PROVIDERS else None


async def _answer(status: int, body: Json, tape: Tape) -> None:
    raw = json.dumps(body).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(raw))]
    await tape.send({"type": "http.response.start", "status": status, "headers": headers})
    await tape.send({"type": "http.response.body", "body": raw})


async def _hold_then_drop(delay_s: float, tape: Tape) -> None:
    """Keep the caller waiting; then promise a body and never send it, so the connection breaks."""
    waiting = asyncio.ensure_future(tape.receive())
    await asyncio.wait([waiting], timeout=delay_s)
    waiting.cancel()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1")]
    await tape.send({"type": "http.response.start", "status": 504, "headers": headers})
