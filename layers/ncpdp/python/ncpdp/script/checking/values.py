"""Texts that are too long, hold odd characters, or are not the number or date they should be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ncpdp.dates import day
from ncpdp.script.fields import Spec, specs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding, Severity
    from ncpdp.script.checking.places import Place

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def values(value: Any, place: Place) -> Iterator[Finding]:
    """Findings on every leaf below a part."""
    for name, spec in specs(type(value)):
        content = getattr(value, name)
        if content is None or content == ():
            continue
        if spec.kind == "part":
            yield from values(content, place.step(name))
        elif spec.kind == "parts":
            for index, one in enumerate(content):
                yield from values(one, place.step(name, index))
        elif problem := _problem(spec, content):
            code, words = problem
            severity: Severity = "warning" if code == "text.charset" else "error"
            text = content if isinstance(content, str) else " ".join(content)
            yield place.step(name).finding(code, severity, text, words)


def _problem(spec: Spec, content: Any) -> tuple[str, str] | None:
    if spec.kind == "texts":
        odd = any(not _is_printable(text) for text in content)
        return ("text.charset", "A text holds other than printable ASCII.") if odd else None
    if spec.kind == "date":
        return None if day(content) else ("date.malformed", "This is not a date.")
    if spec.length_max is not None and len(content) > spec.length_max:
        return "text.too_long", f"This text has more than {spec.length_max} characters."
    if spec.numeric and not _NUMBER.fullmatch(content):
        return "number.malformed", "This is not a number."
    if not _is_printable(content):
        return "text.charset", "A text holds other than printable ASCII."
    return None


def _is_printable(text: str) -> bool:
    return text.isascii() and text.isprintable()
