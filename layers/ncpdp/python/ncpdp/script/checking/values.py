"""Texts that are too long, hold odd characters, or are not the number, date or code they should be.

Each class is compiled once into its tests; a value that passes costs a few comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ncpdp.dates import day
from ncpdp.script.fields import Spec, class_of, specs

if TYPE_CHECKING:
    from ncpdp.findings import Finding, Severity
    from ncpdp.script.checking.places import Place

Problem = tuple[str, "Severity", str]
Test = Callable[[Any], "Problem | None"]
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
    return _cleaner(class_of(value))(value)


def _say(value: Any, place: Place, found: list[Finding]) -> None:
    for name, spec, test in _tests(class_of(value)):
        content = getattr(value, name)
        if not content:
            continue
        if spec.kind == "part":
            _say(content, place.step(name).of(content), found)
        elif spec.kind == "parts":
            for index, one in enumerate(content):
                _say(one, place.step(name, index).of(one), found)
        elif problem := test(content):
            code, severity, words = problem
            text = content if isinstance(content, str) else " ".join(content)
            found.append(place.step(name).finding(code, severity, text, words))


@cache
def _tests(model: Any) -> tuple[tuple[str, Spec, Test], ...]:
    """The fields of a class, and what the values of each are held against."""
    return tuple((name, spec, _test(spec)) for name, spec in specs(model))


@cache
def _cleaner(model: Any) -> Callable[[Any], bool]:
    """A function that takes the fields of the class by their names, those with one test together.

    Most fields of most parts are empty: to get each by its name as a value, and its test with it,
    took a third of the time of checking a message.
    """
    groups: dict[str, list[str]] = {}
    for name, spec, _ in _tests(model):
        groups.setdefault(_is_wrong(name, spec), []).append(f"one.{name}")
    loops = [
        f"    for it in ({', '.join(fields)},):\n        if it and {is_wrong}: return False"
        for is_wrong, fields in groups.items()
    ]
    source = "\n".join(("def cleaner(one):", *loops, "    return True"))
    scope: dict[str, Any] = {f"test_{name}": test for name, _, test in _tests(model)}
    scope["is_clean"] = _clean
    exec(source, scope)  # noqa: S102 - names of our own fields only, as dataclasses does it
    cleaner: Callable[[Any], bool] = scope["cleaner"]
    return cleaner


def _is_wrong(name: str, spec: Spec) -> str:
    """The expression that is true of `it`, the value of the field, when there is a problem."""
    if spec.kind == "part":
        return "not is_clean(it)"
    if spec.kind == "parts":
        return "not all(map(is_clean, it))"
    if spec.kind != "text" or spec.numeric in _NUMBERS or spec.codes is not None:
        return f"test_{name}(it)"
    longest = spec.length_max or _LENGTH_MAX  # the same as its test, without calling that
    return f"(len(it) > {longest} or not (it.isascii() and it.isprintable()))"


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
