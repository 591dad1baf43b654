"""Somebody else's system that hears our webhooks: it checks signatures, and answers as told.

Written from the Standard Webhooks specification and not from our own signing, so that the one
proves the other.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.sandbox.http import body_of, json_of, limit_of
from local.sandbox.state import iso, now, token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from local.sandbox.state import Json, State

TOLERANCE_S = 300
SECRET_PREFIX = "whsec_"  # noqa: S105 - how every such secret begins
OK = 204
STATUS_MIN, STATUS_MAX = 200, 599
ALWAYS = -1


class Hooks:
    """Receivers by the name in their address, made when they are first spoken of."""

    def __init__(self, *, state: State) -> None:
        self._state = state
        self._receivers = state.shelf("hooks.receivers")
        self._got = state.shelf("hooks.got")

    def newest(self, name: str = "") -> Iterator[Json]:
        return (each for each in self._got.newest() if name in ("", each["name"]))

    def receivers(self) -> Iterator[Json]:
        return self._receivers.newest()

    def set_up(self, name: str, order: Json) -> Json:
        """`secret` to check with; `status` to answer the next `times` messages with (-1: all)."""
        receiver = self._receiver(name)
        receiver["secret"] = str(order.get("secret", receiver["secret"]))
        if "status" in order:
            receiver["status"] = _number(order["status"], STATUS_MIN, STATUS_MAX)
            receiver["times"] = _number(order.get("times", ALWAYS), ALWAYS, 1_000)
        self._state.changed()
        return self._receivers.put(name, receiver)

    def take(self, name: str, headers: dict[str, str], body: bytes) -> int:
        """Keep the message with what is to be said of it; answers the status to answer."""
        receiver = self._receiver(name)
        status = OK
        if receiver["times"]:
            status = receiver["status"]
            receiver["times"] -= receiver["times"] > 0
        message_id = headers.get("webhook-id", "")
        known = any(each["message_id"] == message_id for each in self.newest(name))
        self._got.put(
            key := token("hook_", 8),
            {
                "id": key,
                "name": name,
                "at": iso(now()),
                "message_id": message_id,
                "verdict": verdict(receiver["secret"], headers, body, at=now()),
                "again": known,
                "answered": status,
                "type": _type_of(body),
                "body": body.decode(errors="replace"),
                "signature": headers.get("webhook-signature", ""),
            },
        )
        self._receivers.put(name, receiver)
        self._state.changed()
        return int(status)

    def _receiver(self, name: str) -> Json:
        known = self._receivers.get(name)
        return known or {"name": name, "secret": "", "status": OK, "times": 0}


class Hearing:
    """POST /hooks/{name} is the receiver; below /sandbox it is looked at and told what to do."""

    def __init__(self, *, hooks: Hooks) -> None:
        self._hooks = hooks

    def receiving(self) -> list[Route]:
        return [Route("/{name}", self.receive, methods=["POST"])]

    def control(self) -> list[Route]:
        return [
            Route("/hooks.json", self.list),
            Route("/hooks/{name}/set-up", self.set_up, methods=["POST"]),
        ]

    async def receive(self, request: Request) -> Response:
        body = await body_of(request)
        status = self._hooks.take(request.path_params["name"], dict(request.headers), body)
        return Response(status_code=status)

    async def list(self, request: Request) -> JSONResponse:
        found = list(self._hooks.newest(request.query_params.get("name", "")))
        return JSONResponse({"items": found[: limit_of(request)]})

    async def set_up(self, request: Request) -> JSONResponse:
        name = request.path_params["name"]
        return JSONResponse(self._hooks.set_up(name, await json_of(request)))


def verdict(secret: str, headers: dict[str, str], body: bytes, *, at: float) -> str:
    """`good`, or what is wrong with it: unsigned, unknown secret, stale or forged."""
    message_id, sent = headers.get("webhook-id"), headers.get("webhook-timestamp", "")
    given = headers.get("webhook-signature", "").split()
    if not message_id or not sent.isdigit() or not given:
        return "unsigned"
    if not secret:
        return "unknown secret"
    if abs(at - int(sent)) > TOLERANCE_S:
        return "stale"
    wanted = _signature(secret, f"{message_id}.{sent}.".encode() + body)
    return "good" if any(hmac.compare_digest(each, wanted) for each in given) else "forged"


def _signature(secret: str, signed: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def _type_of(body: bytes) -> str:
    try:
        return str(json.loads(body).get("type", ""))
    except (ValueError, AttributeError):
        return ""


def _number(value: object, least: int, most: int) -> int:
    try:
        number = int(str(value))
    except ValueError as bad:
        raise HTTPException(400, "status and times are numbers") from bad
    if not least <= number <= most:
        raise HTTPException(400, f"a number from {least} to {most}")
    return number
