"""The calls page: what the product asked the providers, and the webhooks they sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.markup import Html, el
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, button_form, empty, folded

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.state import Json, State
    from local.sandbox.webhooks import Webhooks

HERE = "/sandbox/traffic"
# D.0's separators, made visible.
_VISIBLE = {0x1C: "␜", 0x1D: "␝", 0x1E: "␞"}


class TrafficPage:
    """GET lists calls and webhooks; a webhook can be sent again."""

    def __init__(self, *, state: State, webhooks: Webhooks) -> None:
        self._state = state
        self._webhooks = webhooks

    def routes(self) -> list[Route]:
        return [
            Route("/traffic", self.show, methods=["GET"]),
            Route("/traffic/{id}/resend", self.resend, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        calls = list(self._state.shelf("calls").newest())[:ROWS_MAX]
        sent = list(self._state.shelf("webhooks").newest())[:ROWS_MAX]
        columns = el(
            "div",
            _column("Calls to the providers", [_call(call) for call in calls]),
            _column("Webhooks to the product", [_webhook(delivery) for delivery in sent]),
            class_="columns",
        )
        return page("Calls", columns, here=HERE)

    async def resend(self, request: Request) -> Response:
        delivery = self._state.shelf("webhooks").get(request.path_params["id"])
        if delivery is not None:
            await self._webhooks.resend(delivery)
        return RedirectResponse(HERE, status_code=303)


def _column(title: str, rows: list[Html]) -> Html:
    return el("section", el("h2", title), *(rows or [empty("None yet.")]), aria_label=title)


def _call(call: Json) -> Html:
    line = f" {call['method']} {call['path']} "
    fault = badge(call["fault"], prefix="fault: ") if call["fault"] else None
    took = el("span", f" {call['duration_ms']} ms, {call['at']}", class_="meta")
    summary = [badge(call["status"] or "failed"), f" {call['provider']}", line, fault, took]
    both = f"{call['request']}\n\n→ {call['status']}\n{call['response']}"
    return folded(summary, both.translate(_VISIBLE))


def _webhook(delivery: Json) -> Html:
    tries = [
        f"{attempt['at']} {attempt.get('status') or attempt.get('error')}"
        for attempt in delivery["attempts"]
    ]
    summary = [badge(delivery["state"]), f" {delivery['type']} about {delivery['about']}"]
    again = button_form(f"{HERE}/{delivery['id']}/resend", "Send again")
    return el("div", folded(summary, "\n".join([*tries, "", delivery["body"]])), again)
