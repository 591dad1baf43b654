"""The faults page: order a failure, see what is standing, clear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.faults import ALWAYS, KINDS, MOMENTS, PROVIDERS
from local.sandbox.http import form_of
from local.sandbox.markup import Html, el
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import button_form, empty, table

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.faults import Faults
    from local.sandbox.state import Json

HERE = "/sandbox/trouble"
HEADS = ("Provider", "Kind", "When", "Path", "Left", "Hits", "Action")


class TroublePage:
    """GET shows the form and the standing faults."""

    def __init__(self, *, faults: Faults) -> None:
        self._faults = faults

    def routes(self) -> list[Route]:
        return [
            Route("/trouble", self.show, methods=["GET"]),
            Route("/trouble", self.add, methods=["POST"]),
            Route("/trouble/{id}/clear", self.clear, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        rows = [_row(fault) for fault in self._faults.all()]
        standing = table("Standing faults", HEADS, rows) if rows else empty("All is well.")
        return page("Faults", _form(), standing, here=HERE)

    async def add(self, request: Request) -> Response:
        self._faults.add({k: v for k, v in await form_of(request) if v})
        return RedirectResponse(HERE, status_code=303)

    async def clear(self, request: Request) -> Response:
        self._faults.clear(request.path_params["id"])
        return RedirectResponse(HERE, status_code=303)


def _row(fault: Json) -> list[object]:
    left = "always" if fault["times"] == ALWAYS else fault["times"]
    cells = [fault["provider"], fault["kind"], fault["when"], fault["path"] or "any", left]
    return [*cells, fault["hits"], button_form(f"{HERE}/{fault['id']}/clear", "Clear")]


def _form() -> Html:
    return el(
        "form",
        _select("provider", "Provider", PROVIDERS),
        _select("kind", "Kind", KINDS),
        _select("when", "Before or after the work", MOMENTS),
        _input("times", "Times (-1 = always)", "1"),
        _input("status", "Status", "500"),
        _input("delay_s", "Delay in seconds", "30"),
        _input("path", "Path prefix (optional)", ""),
        el("button", "Order this fault", class_="primary"),
        method="post",
        action=HERE,
        class_="row card",
    )


def _select(name: str, label: str, options: tuple[str, ...]) -> Html:
    choices = [el("option", option, value=option) for option in options]
    return el("div", el("label", label, for_=name), el("select", *choices, id=name, name=name))


def _input(name: str, label: str, value: str) -> Html:
    field = el("input", id=name, name=name, value=value, size=10, autocomplete="off")
    return el("div", el("label", label, for_=name), field)
