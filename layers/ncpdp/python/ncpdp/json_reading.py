"""Small typed readers of JSON values that collect what is wrong instead of stopping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ncpdp.characters import NOT_XML
from ncpdp.errors import Detail, InvalidJson, NcpdpError

ITEMS_MAX = 20_000
TEXT_MAX = 64 * 1024
DIGITS_MAX = 18


@dataclass(slots=True)
class Problems:
    """Wrong places found so far, each with its JSON pointer."""

    details: list[Detail] = field(default_factory=list)

    def add(self, pointer: str, code: str, sentence: str) -> None:
        self.details.append(Detail(pointer, code, sentence))

    def unknown(self, obj: Mapping[str, Any], known: set[str], pointer: str) -> None:
        """A misspelt field would be lost without a word, so it is an error."""
        for key in obj:
            if key not in known:
                self.add(f"{pointer}/{escape(key)}", "json.unknown_field", "Unknown field.")

    def raise_if_any(self) -> None:
        if self.details:
            first = self.details[0]
            raise InvalidJson(
                first.sentence, code=first.code, path=first.path, details=tuple(self.details)
            )

    def collect(self, error: NcpdpError, pointer: str) -> None:
        self.add(pointer, error.code, error.sentence)


def escape(key: object) -> str:
    """A key as a step of a JSON pointer (RFC 6901)."""
    return str(key).replace("~", "~0").replace("/", "~1")


def text_of(
    value: Any,
    pointer: str,
    problems: Problems,
    *,
    numeric: bool = False,
    length_max: int = TEXT_MAX,
) -> str | None:
    """Text; a whole number or Decimal where a number is meant (a float has no exact text)."""
    if value is None:
        return None
    if numeric and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _number(value, pointer, problems)
    if not isinstance(value, str):
        wanted = "text or a whole number" if numeric else "text"
        problems.add(pointer, "json.type", f"This field is {wanted}.")
        return None
    if len(value) > length_max:
        problems.add(pointer, "json.too_long", f"A text has at most {length_max} characters.")
        return None
    if NOT_XML.search(value):
        problems.add(pointer, "json.character", "A text holds a character XML cannot carry.")
        return None
    return value.strip() or None


def _number(value: int | Decimal, pointer: str, problems: Problems) -> str | None:
    number = Decimal(value)
    if number.is_finite() and not number:
        return f"{number:f}" if number.adjusted() > -DIGITS_MAX else "0"
    if not number.is_finite() or abs(number.adjusted()) > DIGITS_MAX:
        problems.add(pointer, "json.value", "This number is out of every range.")
        return None
    return f"{number:f}"


def object_of(value: Any, pointer: str, problems: Problems) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    problems.add(pointer, "json.type", "This field is an object.")
    return {}


def list_of(value: Any, pointer: str, problems: Problems, items_max: int = ITEMS_MAX) -> list[Any]:
    if isinstance(value, list) and len(value) <= items_max:
        return value
    problems.add(pointer, "json.type", f"This field is a list of at most {items_max} items.")
    return []
