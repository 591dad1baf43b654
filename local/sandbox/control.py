"""The control API under /sandbox: what tests and the demo use to look and to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.sandbox.http import json_of, limit_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.faults import Faults
    from local.sandbox.mailbox import Mailbox
    from local.sandbox.settings import Settings
    from local.sandbox.state import Json, State
    from local.sandbox.webhooks import Webhooks

SETTABLE_URL_SCHEMES = ("http://", "https://")


def items(found: list[Json]) -> JSONResponse:
    return JSONResponse({"items": found})


async def health(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


class Control:
    """Settings, faults, the mailbox, recorded calls and webhooks."""

    def __init__(
        self,
        *,
        state: State,
        settings: Settings,
        faults: Faults,
        mailbox: Mailbox,
        webhooks: Webhooks,
    ) -> None:
        self._state = state
        self._settings = settings
        self._faults = faults
        self._mailbox = mailbox
        self._webhooks = webhooks

    def routes(self) -> list[Route]:
        return [
            Route("/health", health),
            Route("/status", self.status),
            Route("/state", self.wipe, methods=["DELETE"]),
            Route("/settings", self.settings, methods=["GET", "POST"]),
            Route("/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/faults/{id}", self.clear_fault, methods=["DELETE"]),
            Route("/mail", self.mail, methods=["GET", "DELETE"]),
            Route("/sms", self.sms, methods=["GET", "DELETE"]),
            Route("/calls", self.calls, methods=["GET", "DELETE"]),
            Route("/webhooks", self.webhooks),
            Route("/webhooks/{id}/resend", self.resend, methods=["POST"]),
        ]

    async def status(self, _: Request) -> JSONResponse:
        """`changes` grows with everything that happens: the page reloads when it differs."""
        return JSONResponse({"changes": self._state.changes})

    async def wipe(self, _: Request) -> Response:
        self._state.wipe()
        return Response(status_code=204)

    async def settings(self, request: Request) -> JSONResponse:
        if request.method == "POST":
            wanted = (await json_of(request)).get("webhooks")
            if not isinstance(wanted, str) or not wanted.startswith(SETTABLE_URL_SCHEMES):
                raise HTTPException(400, "webhooks is the base URL of the edge, http(s)://…")
            self._settings.webhooks_url = wanted.rstrip("/")
        urls = {"webhooks": self._settings.webhooks_url, "public_url": self._settings.public_url}
        return JSONResponse(urls)

    async def faults(self, request: Request) -> Response:
        if request.method == "POST":
            return JSONResponse(self._faults.add(await json_of(request)), status_code=201)
        if request.method == "DELETE":
            self._faults.clear()
            return Response(status_code=204)
        return items(self._faults.all())

    async def clear_fault(self, request: Request) -> Response:
        self._faults.clear(request.path_params["id"])
        return Response(status_code=204)

    async def mail(self, request: Request) -> Response:
        return self._messages("mail", request)

    async def sms(self, request: Request) -> Response:
        return self._messages("sms", request)

    def _messages(self, kind: str, request: Request) -> Response:
        if request.method == "DELETE":
            return self._clear(kind)
        asked = request.query_params
        found = self._mailbox.newest(kind, to=asked.get("to", ""), since=asked.get("since", ""))
        return items(list(found)[: limit_of(request)])

    async def calls(self, request: Request) -> Response:
        if request.method == "DELETE":
            return self._clear("calls")
        provider = request.query_params.get("provider")
        prefix = request.query_params.get("path", "")
        found = [
            call
            for call in self._state.shelf("calls").newest()
            if provider in (None, call["provider"]) and call["path"].startswith(prefix)
        ]
        return items(found[: limit_of(request)])

    def _clear(self, name: str) -> Response:
        self._state.shelf(name).clear()
        self._state.changed()
        return Response(status_code=204)

    async def webhooks(self, request: Request) -> JSONResponse:
        asked = request.query_params
        found = [
            delivery
            for delivery in self._state.shelf("webhooks").newest()
            if asked.get("provider") in (None, delivery["provider"])
            and asked.get("about") in (None, delivery["about"])
        ]
        return items(found[: limit_of(request)])

    async def resend(self, request: Request) -> JSONResponse:
        delivery = self._state.shelf("webhooks").get(request.path_params["id"])
        if delivery is None:
            raise HTTPException(404, "no such webhook")
        return JSONResponse(await _resent(self._webhooks, delivery, await json_of(request)))


async def resend_about(webhooks: Webhooks, what: str, request: Request) -> JSONResponse:
    """Send the newest webhook about a session or parcel again; `type` in the body narrows it."""
    order = await json_of(request)
    found = (d for d in webhooks.about(what) if order.get("type") in (None, d["type"]))
    delivery = next(found, None)
    if delivery is None:
        raise HTTPException(404, "no such webhook was sent yet")
    return JSONResponse(await _resent(webhooks, delivery, order))


async def _resent(webhooks: Webhooks, delivery: Json, order: Json) -> Json:
    """One more attempt at once: `{at, url, ok, status | error}` is what the receiver said."""
    age_s, forge = order.get("age_s", 0), order.get("forge", False)
    if not isinstance(age_s, int | float):
        raise HTTPException(400, "age_s is a number of seconds")
    return await webhooks.resend(delivery, age_s=age_s, forge=bool(forge))
