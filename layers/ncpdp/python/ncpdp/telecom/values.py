"""One field's text to its value and back, by kind."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from ncpdp.errors import InvalidValue
from ncpdp.telecom.numbers import (
    MONEY_DIGITS_MAX,
    QUANTITY_DIGITS_MAX,
    RATE_DIGITS_MAX,
    money_from_text,
    money_to_text,
    quantity_from_text,
    quantity_to_text,
    rate_from_text,
    rate_to_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncpdp.telecom.parts import Kind, Leaf

DIGITS_MAX = 18
N = TypeVar("N")
_NUMBER = re.compile(rf"[0-9]{{1,{DIGITS_MAX}}}")
_DAY = re.compile(r"[0-9]{8}")
TYPES: dict[Kind, type] = {
    "text": str,
    "money": int,
    "quantity": Decimal,
    "rate": Decimal,
    "number": int,
    "day": str,
}


def number_from_text(text: str) -> int:
    """A whole number of at most eighteen digits."""
    if not _NUMBER.fullmatch(text):
        raise InvalidValue("This is not a whole number.", code="number.malformed")
    return int(text)


_WIDTHS: dict[Kind, int] = {
    "money": MONEY_DIGITS_MAX,
    "quantity": QUANTITY_DIGITS_MAX,
    "rate": RATE_DIGITS_MAX,
}
_READERS: dict[Kind, Callable[[str], Any]] = {
    "money": money_from_text,
    "quantity": quantity_from_text,
    "rate": rate_from_text,
    "number": number_from_text,
    "text": str,
    "day": str,
}
_WRITERS: dict[Kind, Callable[[Any], str]] = {
    "money": money_to_text,
    "quantity": quantity_to_text,
    "rate": rate_to_text,
    "text": str,
    "day": str,
}


def width_of(leaf: Leaf) -> int | None:
    """The most characters the field may have, where that is known."""
    return leaf.width or _WIDTHS.get(leaf.kind)


def from_text(leaf: Leaf, raw: str) -> Any:
    """The value, or None for a field that is there and empty; a wrong day stays as its text."""
    bare = raw.strip(" ")
    if not bare:
        return None
    return read_at(leaf.id, _READERS[leaf.kind], bare)


def read_at(path: str, reader: Callable[[str], N], text: str) -> N:
    """What the reader makes of the text; its refusal says where the text stands."""
    try:
        return reader(text)
    except InvalidValue as error:
        raise InvalidValue(error.sentence, code=error.code, path=path) from error


def to_text(leaf: Leaf, value: Any) -> str:
    """The field's text; raises InvalidValue for a value of another kind or out of range."""
    if leaf.kind in {"quantity", "rate"} and isinstance(value, int):
        value = Decimal(value)
    is_kind: bool = isinstance(value, TYPES[leaf.kind])
    if isinstance(value, bool) or not is_kind:
        raise _wrong(leaf, "This field is of another kind.", "telecom.kind")
    if leaf.kind == "number":
        return _digits(leaf, int(value))
    return _WRITERS[leaf.kind](value)


def is_day(text: str) -> bool:
    """Whether it is CCYYMMDD and a day of the calendar."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _digits(leaf: Leaf, value: int) -> str:
    if not 0 <= value < 10 ** (leaf.width or DIGITS_MAX):
        raise _wrong(leaf, "The number is out of range.", "number.range")
    return f"{value:0{leaf.digits}d}"


def _wrong(leaf: Leaf, words: str, code: str) -> InvalidValue:
    return InvalidValue(words, code=code, path=leaf.id)
