"""Stripe's API door: form in, JSON out, keys checked, idempotency keys honoured."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from local.sandbox.forms import nested
from local.sandbox.http import form_of, limit_of
from local.sandbox.state import token
from local.sandbox.stripe_objects import StripeRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from local.sandbox.settings import Settings
    from local.sandbox.state import Json, State
    from local.sandbox.stripe_till import Till


async def answer_refused(_: Request, refused: Exception) -> JSONResponse:
    if not isinstance(refused, StripeRefusedError):
        raise refused
    return _answer({"error": refused.error}, status=refused.status)


def _answer(body: Json, *, status: int = 200, replayed: bool = False) -> JSONResponse:
    headers = {"Request-Id": token("req_", 7)}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    return JSONResponse(body, status_code=status, headers=headers)


class Stripe:
    """The routes under /stripe/v1."""

    def __init__(self, *, till: Till, state: State, settings: Settings) -> None:
        self._till = till
        self._answers = state.shelf("stripe.idempotency")
        self._settings = settings

    def routes(self) -> list[Route]:
        sessions = "/v1/checkout/sessions"
        return [
            Route(sessions, self.create_session, methods=["POST"]),
            Route(sessions, self.list_sessions, methods=["GET"]),
            Route(f"{sessions}/{{id}}", self.get_session, methods=["GET"]),
            Route(f"{sessions}/{{id}}/line_items", self.list_line_items, methods=["GET"]),
            Route(f"{sessions}/{{id}}/expire", self.expire_session, methods=["POST"]),
            Route("/v1/payment_intents/{id}", self.get_intent, methods=["GET"]),
            Route("/v1/refunds", self.create_refund, methods=["POST"]),
            Route("/v1/refunds", self.list_refunds, methods=["GET"]),
            Route("/v1/refunds/{id}", self.get_refund, methods=["GET"]),
            Route("/v1/events/{id}", self.get_event, methods=["GET"]),
        ]

    async def create_session(self, request: Request) -> JSONResponse:
        return await self._once(request, self._till.open)

    async def expire_session(self, request: Request) -> JSONResponse:
        identifier = request.path_params["id"]
        return await self._once(request, lambda _: self._till.expire(identifier))

    async def create_refund(self, request: Request) -> JSONResponse:
        return await self._once(request, self._till.refund)

    async def get_session(self, request: Request) -> JSONResponse:
        self._check_key(request)
        found = dict(self._till.session(request.path_params["id"]))
        if "payment_intent" in _expand(request) and found["payment_intent"]:
            found["payment_intent"] = self._till.intent(found["payment_intent"])
        if "line_items" in _expand(request):
            found["line_items"] = self._till.line_items(found["id"])
        return _answer(found)

    async def list_sessions(self, request: Request) -> JSONResponse:
        self._check_key(request)
        intent = request.query_params.get("payment_intent")
        found = [s for s in self._till.sessions() if intent in (None, s["payment_intent"])]
        return _list(request, found)

    async def list_line_items(self, request: Request) -> JSONResponse:
        self._check_key(request)
        return _answer(self._till.line_items(request.path_params["id"]))

    async def get_intent(self, request: Request) -> JSONResponse:
        self._check_key(request)
        return _answer(self._till.intent(request.path_params["id"]))

    async def get_refund(self, request: Request) -> JSONResponse:
        self._check_key(request)
        return _answer(self._till.find_refund(request.path_params["id"]))

    async def list_refunds(self, request: Request) -> JSONResponse:
        self._check_key(request)
        return _list(request, self._till.refunds(request.query_params.get("payment_intent")))

    async def get_event(self, request: Request) -> JSONResponse:
        self._check_key(request)
        return _answer(self._till.event(request.path_params["id"]))

    async def _once(self, request: Request, act: Callable[[Json], Json]) -> JSONResponse:
        """The same key and input answers as before; the same key with other input is an error."""
        self._check_key(request)
        pairs = await form_of(request)
        key = request.headers.get("idempotency-key", "")
        print_ = hashlib.sha256(repr((request.url.path, sorted(pairs))).encode()).hexdigest()
        earlier = self._answers.get(key) if key else None
        if earlier is None:
            # Like Stripe, keep answers only: a refused order may be mended under the same key.
            body = dict(act(nested(pairs)))
            if key:
                self._answers.put(key, {"fingerprint": print_, "body": body})
            return _answer(body)
        if earlier["fingerprint"] != print_:
            raise StripeRefusedError(
                "Keys for idempotent requests can only be used with the same parameters they "
                f"were first used with. Try using a key other than '{key}'.",
                type="idempotency_error",
            )
        return _answer(earlier["body"], replayed=True)

    def _check_key(self, request: Request) -> None:
        wanted = f"Bearer {self._settings.credentials.stripe_api_key}".encode()
        sent = request.headers.get("authorization", "").encode()
        if not secrets.compare_digest(sent, wanted):
            raise StripeRefusedError("Invalid API Key provided.", status=401)


def _expand(request: Request) -> list[str]:
    return [value for name, value in request.query_params.multi_items() if name[:6] == "expand"]


def _list(request: Request, found: list[Json]) -> JSONResponse:
    limit = limit_of(request, usual=10)
    path = request.url.path.removeprefix("/stripe")
    data = {"object": "list", "url": path, "data": found[:limit], "has_more": len(found) > limit}
    return _answer(data)
