"""Two JSON forms side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from ncpdp.json_reading import escape

if TYPE_CHECKING:
    from collections.abc import Iterator


ALIGNED_MAX = 500
"""Longer lists are compared place by place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place and what either message has there; None where it has nothing.

    The place is a JSON pointer into the first message, or into the second where only that has it.
    """

    pointer: str
    before: Any
    after: Any

    def __str__(self) -> str:
        if self.before is None:
            return f"+ {self.pointer}: {_shown(self.after)}"
        if self.after is None:
            return f"- {self.pointer}: {_shown(self.before)}"
        return f"~ {self.pointer}: {_shown(self.before)} -> {_shown(self.after)}"


def differences(before: Any, after: Any) -> list[Difference]:
    """Every place where the two differ, in the order of the first."""
    return list(_differences(before, after, ""))


def _differences(before: Any, after: Any, pointer: str) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            # Values are the fields of a D.0 segment once more, by name.
            if key != "values" or "fields" not in before:
                place = f"{pointer}/{escape(key)}"
                yield from _differences(before.get(key), after.get(key), place)
    elif isinstance(before, list) and isinstance(after, list) and _is_deep(before + after):
        for one, other in _pairs(before, after):
            at = other if one is None else one
            yield from _differences(_at(before, one), _at(after, other), f"{pointer}/{at}")
    elif before != after:
        yield Difference(pointer, before, after)


def _pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which items stand for one another: one that was left out does not make all others differ."""
    longest = max(len(before), len(after))
    if longest > ALIGNED_MAX:
        yield from zip(range(longest), range(longest), strict=True)
        return
    texts = (list(map(_shown, items)) for items in (before, after))
    steps = SequenceMatcher(None, next(texts), next(texts), autojunk=False).get_opcodes()
    for _, start, end, start_after, end_after in steps:
        yield from zip_longest(range(start, end), range(start_after, end_after))


def _is_deep(items: list[Any]) -> bool:
    return any(isinstance(one, dict | list) for one in items)


def _at(items: list[Any], at: int | None) -> Any:
    return items[at] if at is not None and at < len(items) else None


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
