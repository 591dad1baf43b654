"""HTML built from calls: everything is escaped unless it is already markup."""

from __future__ import annotations

import html


class Html(str):
    """Text that is markup already and must not be escaped again."""

    __slots__ = ()


VOID = frozenset({"base", "input", "meta", "link", "br", "hr"})


def el(tag: str, *children: object, **attributes: object) -> Html:
    """`el("a", "Pay", href=url, class_="button")`: True is a bare attribute, None leaves it out."""
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{join(*children)}</{tag}>")


def join(*children: object) -> Html:
    return Html("".join(_text(child) for child in children))


def _text(child: object) -> str:
    if child is None:
        return ""
    if isinstance(child, list | tuple):
        return join(*child)
    return child if isinstance(child, Html) else html.escape(str(child))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
