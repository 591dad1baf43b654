"""The mailbox page: e-mail beside SMS, newest first, links ready to click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.routing import Route

from local.sandbox.markup import Html, el, join
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, empty

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.mailbox import Mailbox
    from local.sandbox.state import Json, State

HERE = "/sandbox/"
# A mail is somebody else's HTML: no script, no loading, and its links open a page of their own.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


class MailboxPage:
    """GET /sandbox/ and the HTML part of one mail for its frame."""

    def __init__(self, *, state: State, mailbox: Mailbox) -> None:
        self._state = state
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        return [Route("/", self.show), Route("/mail/{id}/html", self.html_part)]

    async def show(self, request: Request) -> Response:
        to = request.query_params.get("to", "")
        columns = [
            el("section", el("h2", title), *self._column(kind, to), aria_label=title)
            for title, kind in (("E-mail", "mail"), ("SMS", "sms"))
        ]
        return page(
            "Mailbox", _filter(to), _answer(), el("div", *columns, class_="columns"), here=HERE
        )

    def _column(self, kind: str, to: str) -> list[Html]:
        found = list(self._mailbox.newest(kind, to=to))[:ROWS_MAX]
        return [_message(message) for message in found] or [empty("Nothing arrived yet.")]

    async def html_part(self, request: Request) -> Response:
        mail = self._state.shelf("mail").get(request.path_params["id"])
        if mail is None or not mail["html"]:
            raise HTTPException(404, "no such mail")
        base = el("base", target="_blank")
        headers = {"Content-Security-Policy": MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
        return HTMLResponse("<!doctype html>" + base + mail["html"], headers=headers)


def _filter(to: str) -> Html:
    return el(
        "form",
        el(
            "div",
            el("label", "Recipient contains", for_="to"),
            el("input", id="to", name="to", value=to, type="search", autocomplete="off"),
        ),
        el("button", "Show"),
        class_="row",
        role="search",
    )


def _answer() -> Html:
    """An SMS from a patient's phone: STOP, START, HELP or anything else."""
    return el(
        "form",
        el(
            "div",
            el("label", "SMS from", for_="from"),
            el("input", id="from", name="from", value="6145550120", autocomplete="off"),
        ),
        el(
            "div",
            el("label", "Says", for_="text"),
            el("input", id="text", name="text", value="STOP", autocomplete="off"),
        ),
        el("button", "Send to Pharmonico"),
        method="post",
        action="/sandbox/sms/answer",
        class_="row",
    )


def _message(message: Json) -> Html:
    links = [
        el("li", el("a", link, href=link, target="_blank", rel="noopener noreferrer"))
        for link in message["links"]
    ]
    return el(
        "article",
        el("h2", message["subject"]) if message["subject"] else None,
        el("p", f"To {', '.join(message['to'])} from {message['from']}", class_="meta"),
        el("p", el("time", message["at"], datetime=message["at"]), class_="meta"),
        el("p", message["text"], class_="text") if message["text"] else None,
        el("ul", *links, class_="links") if links else None,
        _frame(message) if message["html"] else None,
    )


def _frame(message: Json) -> Html:
    title = f"{message['subject']} as HTML"
    source = f"/sandbox/mail/{message['id']}/html"
    frame = el("iframe", src=source, title=title, loading="lazy")
    return el("details", el("summary", "Show as HTML"), join(frame))
