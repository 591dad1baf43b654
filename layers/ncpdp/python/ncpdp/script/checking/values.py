"""Texts that are too long, hold odd characters, or are not the number, date or code they should be.

Each class is compiled once into a list of tests; a value that passes costs a few comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ncpdp.dates import day
from ncpdp.script.fields import Spec, class_of, specs

if TYPE_CHECKING:
    from ncpdp.findings import Finding, Severity
    from ncpdp.script.checking.places import Place

Problem = tuple[str, "Severity", str]
Test = Callable[[Any], "Problem | None"]
Contents = Callable[[Any], tuple[Any, ...]]
_NUMBERS = {
    "decimal": (re.compile(r"-?[0-9]+(\.[0-9]+)?"), "This is not a number."),
    "whole": (re.compile(r"[0-9]+"), "This is not a whole number."),
}
_LENGTH_MAX = 1 << 30


def values(value: Any, place: Place, found: list[Finding]) -> None:
    """Findings on every leaf below a part."""
    if not _clean(value):
        _say(value, place, found)


def _clean(value: Any) -> bool:
    """True when there is nothing to say; it is asked first, because mostly there is not."""
    contents, tests = _tests(class_of(value))
    for content, (_, kind, test, longest) in zip(contents(value), tests, strict=True):
        if not content:
            continue
        if longest:
            if len(content) > longest or not (content.isascii() and content.isprintable()):
                return False
        elif kind == "part":
            if not _clean(content):
                return False
        elif kind == "parts":
            if not all(map(_clean, content)):
                return False
        elif test(content):
            return False
    return True


def _say(value: Any, place: Place, found: list[Finding]) -> None:
    contents, tests = _tests(class_of(value))
    for content, (name, kind, test, _) in zip(contents(value), tests, strict=True):
        if not content:
            continue
        if kind == "part":
            _say(content, place.step(name).of(content), found)
        elif kind == "parts":
            for index, one in enumerate(content):
                _say(one, place.step(name, index).of(one), found)
        elif problem := test(content):
            code, severity, words = problem
            text = content if isinstance(content, str) else " ".join(content)
            found.append(place.step(name).finding(code, severity, text, words))


@cache
def _tests(model: Any) -> tuple[Contents, tuple[tuple[str, str, Test, int], ...]]:
    """A function that gets all fields of an instance at once, and what each is held against.

    The last figure is the greatest length of a text that has no other test, else 0.
    """
    names = [name for name, _ in specs(model)]
    contents = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    return contents, tuple(
        (name, spec.kind, _test(spec), _plain_length(spec)) for name, spec in specs(model)
    )


def _plain_length(spec: Spec) -> int:
    if spec.kind != "text" or spec.numeric in _NUMBERS or spec.codes is not None:
        return 0
    return spec.length_max or _LENGTH_MAX


def _test(spec: Spec) -> Test:
    if spec.kind == "date":
        return lambda text: None if day(text) else ("date.malformed", "error", _DATE_WORDS)
    one = _text_test(spec)
    if spec.kind == "texts":
        return lambda texts: next((problem for text in texts if (problem := one(text))), None)
    return one


def _text_test(spec: Spec) -> Test:
    longest = spec.length_max or _LENGTH_MAX
    number, number_words = _NUMBERS.get(spec.numeric, (None, ""))
    codes = spec.codes

    def test(text: str) -> Problem | None:
        if len(text) > longest:
            return "text.too_long", "error", f"This text has more than {longest} characters."
        if number and not number.fullmatch(text):
            return "number.malformed", "error", number_words
        if codes is not None and text not in codes.words:
            known = ", ".join(codes.words)
            return codes.finding, codes.severity, f"The codes of this field are {known}."
        if not (text.isascii() and text.isprintable()):
            return "text.charset", "warning", "A text holds other than printable ASCII."
        return None

    return test


_DATE_WORDS = "This is not a date."
