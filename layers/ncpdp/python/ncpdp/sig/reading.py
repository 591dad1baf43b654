"""Codes and texts of a SIG to the keys of the word lists, and its numbers to ranges."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ncpdp.sig import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ncpdp.script.model.instruction import Indication, SigCode

Range = tuple[Decimal, Decimal]
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_RANGE_WORDS = frozenset({"to", "or", "through", "-"})
_ENDS = (" route", " route of administration")
_SAME = {"daily": "day", "tab": "tablet", "cap": "capsule", "milliliter": "ml", "gram": "g"} | {
    "milligram": "mg",
    "microgram": "mcg",
    "hs": "bedtime",
    "by mouth": "oral",
    "po": "oral",
}
_SAME |= {plural.lower(): unit for unit, (plural, _, _) in words.UNITS.items()}
_SEVERAL = frozenset({"each", "both", "all", "every", "bilateral", "bilaterally"})


def text_of(code: SigCode | None) -> str:
    """The text in lower case, without blanks and the dots of an abbreviation."""
    return " ".join((code.text or "").lower().split()).strip(".") if code else ""


def key_of(code: SigCode | None, codes: Mapping[str, str], known: Mapping[str, object]) -> str:
    """The key in a word list, by code and by text; "" for one that is not listed.

    Where the code says one thing and the text another, neither is believed.
    """
    if code is None:
        return ""
    by_text = _key_of_text(text_of(code), known)
    by_code = codes.get(code.code or "", "")
    if by_code not in known:
        return by_text
    return by_code if by_text in ("", by_code) else ""


def _key_of_text(text: str, known: Mapping[str, object]) -> str:
    for end in _ENDS:
        text = text.removesuffix(end)
    text = _SAME.get(text, text)
    singular = text.removesuffix("s")
    return next((one for one in (text, singular, _SAME.get(singular, "")) if one in known), "")


def unit_of(code: SigCode | None) -> str:
    return key_of(code, words.UNIT_CODES, words.UNITS)


def time_of(code: SigCode | None) -> str:
    return key_of(code, words.TIME_CODES, words.TIMES)


def event_of(code: SigCode | None) -> str:
    return key_of(code, words.EVENT_CODES, words.EVENTS)


def range_of(values: tuple[str, ...], modifiers: tuple[str, ...]) -> Range | None:
    """One number, or two with a word between them that makes a range."""
    if not values or any(not _NUMBER.fullmatch(value) for value in values):
        return None
    numbers = [Decimal(value) for value in values]
    if len(numbers) == 1 and not modifiers:
        return numbers[0], numbers[0]
    if len(numbers) == 2 and len(modifiers) == 1:  # noqa: PLR2004 - from and to
        low, high = numbers
        if modifiers[0].strip().lower() in _RANGE_WORDS and low <= high:
            return low, high
    return None


def is_harmless(text: str) -> bool:
    """Whether these words change neither the dose nor how long it is taken."""
    said = " ".join(text.lower().split()).strip(".").removeprefix("take ")
    return not said or said in words.HARMLESS or words.VEHICLE.fullmatch(said) is not None


def is_several_places(code: SigCode | None) -> bool:
    """A drop in each eye is two drops; a place without words may be anything."""
    if code is None:
        return False
    if code.code in words.ROUTE_CODES:
        return False
    said = text_of(code)
    return not said or not _SEVERAL.isdisjoint(said.split())


def is_as_needed(indications: tuple[Indication, ...]) -> bool:
    return any(
        one.precursor is not None
        and (one.precursor.code in words.AS_NEEDED_CODES or "needed" in text_of(one.precursor))
        for one in indications
    )
