"""Where a finding is: transaction, segment and field, and the same place in JSON and bytes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ncpdp.findings import Finding, Severity
from ncpdp.telecom.model import Request
from ncpdp.telecom.versions import D0, LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom.model import Field, Response, Segment

_SEGMENT, _FIELD = 6, 3
"""Bytes of a segment's separators and id, and of a field's separator and id."""


@dataclass(frozen=True, slots=True)
class Place:
    """A segment in the message; transaction 0 is the transmission as a whole.

    `start` counts the bytes before it, None where the framing is loose and they are not known.
    """

    segment: Segment
    transaction: int
    at: int
    start: int | None = None
    offsets: tuple[int, ...] = ()

    def path(self, field_id: str = "") -> str:
        """Such as `1/07/E7`: first transaction, claim segment, quantity; `04/C2` before it."""
        parts = (str(self.transaction or ""), self.segment.id, field_id)
        return "/".join(part for part in parts if part)

    @property
    def pointer(self) -> str:
        if not self.transaction:
            return f"/segments/{self.at}"
        return f"/transactions/{self.transaction - 1}/{self.at}"

    def finding(
        self,
        code: str,
        at: int,
        one: Field,
        words: str,
        severity: Severity = "error",
    ) -> Finding:
        """A remark about the field at that place of the segment."""
        pointer = f"{self.pointer}/fields/{at}"
        path, column = self.path(one.id), self._column(at)
        line = None if column is None else 1
        return Finding(code, severity, path, one.value, words, pointer, line=line, column=column)

    def remark(
        self,
        code: str,
        words: str,
        severity: Severity = "error",
        field_id: str = "",
        *,
        required: bool = False,
    ) -> Finding:
        """A remark about the segment, or about a field that is not there."""
        path, column = self.path(field_id), None if self.start is None else self.start + 1
        line = None if column is None else 1
        return Finding(
            code, severity, path, None, words, self.pointer, required, line=line, column=column
        )

    def _column(self, at: int) -> int | None:
        """The byte at which that field begins, from 1, its separator not counted."""
        if self.start is None:
            return None
        return self.start + _SEGMENT + self.offsets[at] + 2


def places(message: Request | Response) -> Iterator[Place]:
    """Every segment of the message in its order."""
    start = None if message.sent is not None else _header_length(message)
    groups = ((0, message.segments), *enumerate(message.transactions, 1))
    for number, segments in groups:
        if start is not None:
            start += 1 if number else 0
        for at, segment in enumerate(segments):
            lengths = (len(one.value) + _FIELD for one in segment.fields)
            offsets = tuple(accumulate(lengths, initial=0))
            yield Place(segment, number, at, start, offsets)
            if start is not None:
                start += _SEGMENT + offsets[-1]


def _header_length(message: Request | Response) -> int:
    layout = LAYOUTS.get(message.header.version, D0)
    is_request = isinstance(message, Request)
    return layout.request_length if is_request else layout.response_length


def in_transaction(placed: tuple[Place, ...], number: int) -> dict[str, Place]:
    """The first segment of each id that a transaction sees: its own, then the transmission's."""
    found: dict[str, Place] = {}
    for wanted in (number, 0):
        for place in placed:
            if place.transaction == wanted:
                found.setdefault(place.segment.id, place)
    return found
