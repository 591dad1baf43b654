"""The fixed header, how many transactions it promises, and the framing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.findings import Finding
from ncpdp.telecom.checking.fields import CHARSET, PRINTABLE
from ncpdp.telecom.framing import after_end
from ncpdp.telecom.model import Request, Response
from ncpdp.telecom.values import is_day
from ncpdp.telecom.versions import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Severity

NPI_QUALIFIER, NCPDP_QUALIFIER = "01", "07"
_COUNT = re.compile("[1-4]")
_LEADS = frozenset({"07", "11", "21", "22", "23", "24"})
"""Segments that belong to a transaction, so a group separator stands before them."""

_FREE = {"pcn": "A4", "provider_id_qualifier": "B2", "provider_id": "B1", "vendor_id": "AK"}
"""Header fields of any characters; the others have a form of their own that is looked at."""


def check_header(message: Request | Response) -> Iterator[Finding]:
    """Code, BIN, provider, date of service, status."""
    header = message.header
    if header.transaction_code not in CODES:
        words = "This transaction code is not one of D.0."
        yield _finding("telecom.code", "A3", "transaction_code", header.transaction_code, words)
    if isinstance(message, Request) and not identifiers.is_bin(message.header.bin):
        words = "The BIN is not six digits."
        yield _finding("bin.malformed", "A1", "bin", message.header.bin, words)
    if isinstance(message, Response) and message.header.status not in ("A", "R"):
        words = "The header's status is A or R."
        yield _finding("telecom.status", "F1", "status", message.header.status, words)
    yield from _provider(message)
    for name, field_id in _FREE.items():
        value = getattr(header, name, "")
        if not PRINTABLE.fullmatch(value):
            yield _finding("text.charset", field_id, name, value, CHARSET, severity="warning")
    if not is_day(header.date_of_service):
        words = "The date of service is not CCYYMMDD."
        yield _finding("date.malformed", "D1", "date_of_service", header.date_of_service, words)


def _provider(message: Request | Response) -> Iterator[Finding]:
    header = message.header
    if not header.provider_id:
        words = "The service provider is missing."
        yield _finding("provider.missing", "B1", "provider_id", "", words)
    elif header.provider_id_qualifier == NPI_QUALIFIER:
        problem = identifiers.npi_problem(header.provider_id)
        if problem:
            words = "The service provider's NPI is not valid."
            yield _finding(f"npi.{problem}", "B1", "provider_id", header.provider_id, words)
    elif header.provider_id_qualifier == NCPDP_QUALIFIER:
        problem = identifiers.ncpdp_id_problem(header.provider_id)
        if problem:
            words = "The service provider's NCPDP id is not valid."
            yield _finding(f"ncpdp_id.{problem}", "B1", "provider_id", header.provider_id, words)


def check_framing(message: Request | Response) -> Iterator[Finding]:
    """The promised number of transactions, and separators that are not the standard's."""
    yield from _count(message)
    sent = message.sent
    if sent is not None:
        yield _loose("The separators are not quite those of the standard.")
        if after_end(sent.decode("latin-1")):
            words = "What comes after the end of the message is not read."
            yield Finding("telecom.trailing", "error", "message", None, words)
    if any(segment.id in _LEADS for segment in message.segments):
        yield _loose("No group separator stands before the transaction.")


def _count(message: Request | Response) -> Iterator[Finding]:
    said, actual = message.header.transaction_count, len(message.transactions)
    # A transmission that is refused as a whole may have one answer to all, or none.
    is_refused = isinstance(message, Response) and message.header.status == "R" and actual < 2  # noqa: PLR2004 - one answer to all
    words = f"The header counts {said} transactions, there are {actual or 'none'}."
    if not _COUNT.fullmatch(said):
        words = "The header's transaction count is 1 to 4."
    elif is_refused or said == str(max(actual, 1)):
        return
    yield _finding("telecom.count", "A9", "transaction_count", said, words)


def _loose(words: str) -> Finding:
    return Finding("telecom.framing", "warning", "message", None, words)


def _finding(
    code: str, field_id: str, name: str, value: str, words: str, *, severity: Severity = "error"
) -> Finding:
    return Finding(code, severity, f"header/{field_id}", value, words, f"/header/{name}")
