"""The messages page: every template in every language, as its e-mail, its text and its SMS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.notification.templates import Template, render
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.routing import Route

from local.generate.messages import LANGUAGES, VALUES
from local.sandbox.markup import Html, el
from local.sandbox.pages.layout import page
from local.sandbox.pages.mailbox import MAIL_POLICY

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.templates import Language
    from starlette.requests import Request
    from starlette.responses import Response

HERE = "/sandbox/messages"


async def show(_: Request) -> Response:
    columns = [
        el(
            "section",
            el("h2", language),
            *[_card(template, language) for template in Template],
            aria_label=language,
        )
        for language in LANGUAGES
    ]
    return page("Messages", el("div", *columns, class_="columns"), here=HERE)


async def as_mail(request: Request) -> Response:
    """The HTML part alone, for its frame."""
    name, language = request.path_params["template"], request.path_params["language"]
    if name not in list(Template) or language not in LANGUAGES:
        raise HTTPException(404, "no such message")
    html = render(Template(name), language, VALUES).html
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(html, headers=headers)


def _card(template: Template, language: Language) -> Html:
    message = render(template, language, VALUES)
    source, title = f"{HERE}/{template}/{language}", f"{template} in {language}"
    return el(
        "article",
        el("h2", message.subject),
        el("p", f"{template}, SMS of {len(message.sms)} characters", class_="meta"),
        el("p", message.sms, class_="text"),
        el("iframe", src=source, title=title, loading="lazy"),
        el("details", el("summary", "As text"), el("p", message.text, class_="text")),
    )


ROUTES = [Route("/messages", show), Route("/messages/{template}/{language}", as_mail)]
