"""What a D.0 message itself shows to be wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.errors import InvalidValue
from ncpdp.findings import Finding
from ncpdp.telecom.framing import CODES
from ncpdp.telecom.model import Request, Response, Segment
from ncpdp.telecom.numbers import money_from_text, quantity_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MONEY_FIELDS = frozenset(
    {"D9", "DC", "DQ", "DU", "DX", "NQ", "DV", "E3", "HA", "GE"}
    | {"F5", "F6", "F7", "F9", "FH", "FI", "FL", "FN", "AW", "AX", "J4", "J5", "4U"}
)
QUANTITY_FIELDS = frozenset({"E7"})
DATE_FIELDS = frozenset({"C4", "DE", "E8"})
_DATE = re.compile(r"[0-9]{8}")
_CLAIM_NEEDS = {"B1": ("07", "11"), "B3": ("07", "11"), "B2": ("07",)}


def check_telecom(message: Request | Response) -> list[Finding]:
    """Findings on header, counts, money, quantities and dates, in the order of the message."""
    return [*_header(message), *_framing(message), *_needs(message), *_fields(message)]


def _header(message: Request | Response) -> Iterator[Finding]:
    header = message.header
    if header.transaction_code not in CODES:
        yield _finding("telecom.code", "header/A3", header.transaction_code, "Unknown code.")
    if isinstance(message, Request) and not identifiers.is_bin(message.header.bin):
        yield _finding("bin.malformed", "header/A1", message.header.bin, "The BIN is not 6 digits.")
    if header.provider_id_qualifier == "01":
        problem = identifiers.npi_problem(header.provider_id)
        if problem:
            words = "The service provider's NPI is not valid."
            yield _finding(f"npi.{problem}", "header/B1", header.provider_id, words)
    if not _DATE.fullmatch(header.date_of_service):
        words = "The date of service is not CCYYMMDD."
        yield _finding("date.malformed", "header/D1", header.date_of_service, words)


def _framing(message: Request | Response) -> Iterator[Finding]:
    said = message.header.transaction_count
    actual = len(message.transactions)
    if actual and said != str(actual):
        words = f"The header counts {said} transactions, there are {actual}."
        yield _finding("telecom.count", "header/A9", said, words)
    if message.wire is not None:
        yield Finding(
            "telecom.framing",
            "warning",
            "message",
            None,
            "The separators are not quite those of the standard.",
        )


def _needs(message: Request | Response) -> Iterator[Finding]:
    if isinstance(message, Response):
        return
    for index in range(max(len(message.transactions), 1)):
        for segment_id in _CLAIM_NEEDS.get(message.type, ()):
            if message.segment(segment_id, index) is None:
                words = f"Transaction {index + 1} has no segment {segment_id}."
                path = f"{index + 1}/{segment_id}"
                yield Finding("segment.missing", "error", path, None, words, required=True)


def _fields(message: Request | Response) -> Iterator[Finding]:
    for segment in message.every_segment():
        for one in segment.fields:
            finding = _field(segment, one.id, one.value)
            if finding:
                yield finding


def _field(segment: Segment, field_id: str, value: str) -> Finding | None:
    try:
        if field_id in MONEY_FIELDS and value.strip():
            money_from_text(value.strip(" "))
        elif field_id in QUANTITY_FIELDS and value.strip():
            quantity_from_text(value)
    except InvalidValue as error:
        return _finding(error.code, f"{segment.id}/{field_id}", value, error.sentence)
    if field_id in DATE_FIELDS and not _DATE.fullmatch(value.strip(" ")):
        return _finding("date.malformed", f"{segment.id}/{field_id}", value, "Not CCYYMMDD.")
    return None


def _finding(code: str, path: str, value: str, words: str) -> Finding:
    return Finding(code, "error", path, value, words)
