"""Segments and fields that are not known, not expected, or there more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.telecom.model import Request
from ncpdp.telecom.parts import plan_of
from ncpdp.telecom.segments import RESPONSE_FROM, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.telecom.checking.places import Place
    from ncpdp.telecom.model import Response


def check_structure(message: Request | Response, placed: tuple[Place, ...]) -> Iterator[Finding]:
    """Every segment of the message, then its fields."""
    of_answer = not isinstance(message, Request)
    seen: set[tuple[int, str]] = set()
    for place in placed:
        segment_id = place.segment.id
        key = (place.transaction, segment_id)
        if segment_id not in SEGMENTS:
            words = "This segment is not known here; it is kept as it came."
            yield place.remark("element.unknown", words, "info")
        elif (segment_id >= RESPONSE_FROM) is not of_answer:
            kind = "a request" if of_answer else "an answer"
            words = f"This is a segment of {kind}."
            yield place.remark("segment.unexpected", words, "warning")
        elif key in seen:
            words = "This segment may be here only once; the first one counts."
            yield place.remark("element.repeated", words)
        seen.add(key)
        yield from _unknown_fields(place)


def _unknown_fields(place: Place) -> Iterator[Finding]:
    model = SEGMENTS.get(place.segment.id)
    known = plan_of(model).ids if model else None
    for at, one in enumerate(place.segment.fields):
        if known is not None and one.id not in known:
            words = "This field is not known in this segment; it is kept as it came."
            yield place.finding("element.unknown", at, one, words, "info")
