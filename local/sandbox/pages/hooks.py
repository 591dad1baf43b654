"""The webhooks page: what our receivers heard, whether it was signed right, and how they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.markup import Html, el
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, empty, folded, table

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.hooks import Hooks
    from local.sandbox.settings import Settings
    from local.sandbox.state import Json

HERE = "/sandbox/hooks"
HEADS = ("Time", "Receiver", "Message", "Type", "Signature", "Answered", "Body")


class HooksPage:
    """GET shows what came; the form sets a receiver up."""

    def __init__(self, *, hooks: Hooks, settings: Settings) -> None:
        self._hooks = hooks
        self._settings = settings

    def routes(self) -> list[Route]:
        return [
            Route("/hooks", self.show, methods=["GET"]),
            Route("/hooks", self.set_up, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        rows = [_row(each) for each in list(self._hooks.newest())[:ROWS_MAX]]
        heard = table("What was heard", HEADS, rows) if rows else empty("Nothing was heard yet.")
        address = f"{self._settings.public_url}/hooks/<name>"
        return page(
            "Webhooks",
            el("p", f"Register an endpoint at {address}, any name, and tell its secret here."),
            _form(),
            *[_known(receiver) for receiver in self._hooks.receivers()],
            heard,
            here=HERE,
        )

    async def set_up(self, request: Request) -> Response:
        order = {key: value.strip() for key, value in await form_of(request) if value.strip()}
        name = order.pop("name", "").strip("/") or "clinic"
        self._hooks.set_up(name, order)
        return RedirectResponse(HERE, status_code=303)


def _row(heard: Json) -> list[object]:
    good = heard["verdict"] == "good"
    told = badge("delivered" if good else "failed", prefix=f"{heard['verdict']}: ")
    message = heard["message_id"] + (" (again)" if heard["again"] else "")
    cells: list[object] = [heard["at"], heard["name"], message, heard["type"], told]
    return [*cells, badge(heard["answered"]), folded("Show", heard["body"])]


def _known(receiver: Json) -> Html:
    secret = "knows its secret" if receiver["secret"] else "knows no secret"
    left = {0: "answers 204", -1: f"answers {receiver['status']} for ever"}
    times = receiver["times"]
    answers = left.get(times, f"answers {receiver['status']} {times} more times")
    return el("p", f"{receiver['name']}: {secret}, {answers}.", class_="meta")


def _form() -> Html:
    return el(
        "form",
        _input("name", "Receiver", "clinic"),
        _input("secret", "Its secret (whsec_…)", ""),
        _input("status", "Answer with", ""),
        _input("times", "How often (-1 = always)", ""),
        el("button", "Set up", class_="primary"),
        method="post",
        action=HERE,
        class_="row card",
    )


def _input(name: str, label: str, value: str) -> Html:
    field = el("input", id=name, name=name, value=value, size=14, autocomplete="off")
    return el("div", el("label", label, for_=name), field)
