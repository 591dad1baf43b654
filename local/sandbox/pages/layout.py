"""The frame around every page: head, navigation, security headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from local.sandbox.markup import Html, el, join

if TYPE_CHECKING:
    from starlette.responses import Response

STATIC = "/sandbox/static"
VIEWS = (
    ("Mailbox", "/sandbox/"),
    ("Messages", "/sandbox/messages"),
    ("Checkouts", "/sandbox/checkouts"),
    ("Parcels", "/sandbox/parcels"),
    ("Claims", "/sandbox/claims"),
    ("Payers", "/sandbox/payers"),
    ("Prescriber", "/sandbox/prescriber"),
    ("Webhooks", "/sandbox/hooks"),
    ("Calls", "/sandbox/traffic"),
    ("Faults", "/sandbox/trouble"),
    ("Magic values", "/sandbox/magic"),
)


def page(title: str, *content: object, here: str) -> Response:
    """A page of the sandbox, with navigation; refreshes itself while nothing in it has focus."""
    links = [
        el("a", name, href=path, aria_current="page" if path == here else None)
        for name, path in VIEWS
    ]
    body = join(
        el("a", "Skip to content", href="#main", class_="skip"),
        el(
            "header",
            el("p", "Pharmonico sandbox", class_="brand"),
            el("nav", *links, aria_label="Sandbox"),
        ),
        el("main", el("h1", title), *content, id="main", tabindex="-1"),
        el("script", src=f"{STATIC}/sandbox.js", defer=True),
    )
    return _document(title, body)


def bare_page(
    title: str, main: Html, *, status: int = 200, form_action: str = "'self'"
) -> Response:
    """A page that stands for somebody else's site, without our navigation."""
    return _document(title, el("main", main, class_="card"), status=status, form_action=form_action)


def _document(
    title: str, body: Html, *, status: int = 200, form_action: str = "'self'"
) -> Response:
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{title} - sandbox"),
        el("link", rel="stylesheet", href=f"{STATIC}/sandbox.css"),
        el("link", rel="icon", href=f"{STATIC}/icon.svg"),
    )
    text = "<!doctype html>" + el("html", head, el("body", body), lang="en")
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        f"connect-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {form_action}"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    headers |= {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    return HTMLResponse(text, status_code=status, headers=headers)
