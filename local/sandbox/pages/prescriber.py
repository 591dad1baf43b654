"""The prescriber's page: what pharmacies have written, with a button for every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.markup import Html, el
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, button_form, empty, folded
from local.sandbox.prescriber_desk import outcomes_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.prescriber import Answering
    from local.sandbox.prescriber_desk import Desk
    from local.sandbox.state import Json

HERE = "/sandbox/prescriber"
STYLES = {"approved": "primary", "denied": "danger", "error": "danger"}
WITH_CHANGES = {"sig": {"text": "Take as directed, with food"}}
"""What a change is when the button makes one; the control API takes any."""


class PrescriberPage:
    """GET lists, newest first; the buttons post back here."""

    def __init__(self, *, desk: Desk, answering: Answering) -> None:
        self._desk = desk
        self._answering = answering

    def routes(self) -> list[Route]:
        return [
            Route("/prescriber", self.show, methods=["GET"]),
            Route("/prescriber/{id}", self.act, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        cards = [_card(message) for message in list(self._desk.newest())[:ROWS_MAX]]
        return page("Prescriber", *(cards or [empty("No message arrived yet.")]), here=HERE)

    async def act(self, request: Request) -> Response:
        outcome = dict(await form_of(request)).get("outcome", "")
        changes = {"medication": WITH_CHANGES} if outcome == "approved_with_changes" else {}
        await self._answering.answer(request.path_params["id"], outcome, changes)
        return RedirectResponse(HERE, status_code=303)


def _card(message: Json) -> Html:
    form = message["form"]
    drug = (form.get("medication") or form.get("dispensed") or {}).get("drug_description", "")
    given = [badge(answer["outcome"].replace("_", " ")) for answer in message["answers"]]
    about = f"{message['id']} relates to {message['relates_to']}, {message['at']}"
    said = [
        el("p", f"{name.replace('_', ' ')}: {form[name]}")
        for name in ("message_request_code", "change_reason_text", "description")
        if form.get(name)
    ]
    return el(
        "article",
        el("h2", message["type"], " ", *given),
        el("p", about, class_="meta"),
        el("p", drug) if drug else None,
        *said,
        _buttons(message),
        folded("The message", message["raw"]),
    )


def _buttons(message: Json) -> Html:
    action = f"{HERE}/{message['id']}"
    forms = [
        button_form(
            action,
            outcome.replace("_", " ").capitalize(),
            {"outcome": outcome},
            style=STYLES.get(outcome, ""),
        )
        for outcome in outcomes_of(message["type"])
    ]
    return el("div", *forms, class_="row")
