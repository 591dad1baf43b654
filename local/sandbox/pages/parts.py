"""Small pieces that several pages use: badges, forms with one button, empty notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.sandbox.markup import Html, el

if TYPE_CHECKING:
    from collections.abc import Iterable

GOOD = frozenset({"paid", "complete", "delivered", "DELIVERED", "200", "201", "202", "204"})
BAD = frozenset({"failed", "expired", "FAILURE", "RETURNED"})
ROWS_MAX = 50


def badge(text: object, *, prefix: str = "") -> Html:
    """A status in words; its colour only repeats what the words say."""
    word = str(text)
    good = word in GOOD or word.startswith(("P ", "D ", "A "))
    bad = word in BAD or word.startswith(("R ", "4", "5"))
    tone = "good" if good else "bad" if bad else "wait"
    return el("span", prefix + word, class_=f"badge {tone}")


def button_form(
    action: str, label: str, fields: dict[str, str] | None = None, *, style: str = ""
) -> Html:
    hidden = [
        el("input", type="hidden", name=name, value=value) for name, value in (fields or {}).items()
    ]
    button = el("button", label, class_=style or None)
    return el("form", *hidden, button, method="post", action=action)


def empty(text: str) -> Html:
    return el("p", text, class_="note")


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Html:
    top = el("tr", *[el("th", head, scope="col") for head in heads])
    body = [el("tr", *[el("td", cell) for cell in row]) for row in rows]
    inner = el("table", el("caption", caption), el("thead", top), el("tbody", *body))
    return el("div", inner, class_="scroll", tabindex="0", role="region", aria_label=caption)


def folded(summary: object, text: str) -> Html:
    return el("details", el("summary", summary), el("pre", text))
