"""What a D.0 message itself shows to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.telecom.checking.answers import check_response
from ncpdp.telecom.checking.claims import check_request
from ncpdp.telecom.checking.counts import check_counts
from ncpdp.telecom.checking.fields import check_fields
from ncpdp.telecom.checking.header import check_framing, check_header
from ncpdp.telecom.checking.places import places
from ncpdp.telecom.checking.structure import check_structure
from ncpdp.telecom.model import Request, Response

if TYPE_CHECKING:
    from ncpdp.findings import Finding


def check_telecom(message: Request | Response) -> list[Finding]:
    """Findings on header, counts, required parts, values, and what contradicts what."""
    message.ensure_text()
    placed = tuple(places(message))
    found = [*check_header(message), *check_framing(message), *check_structure(message, placed)]
    if isinstance(message, Request):
        found += check_request(message, placed)
    else:
        found += check_response(message, placed)
    for place in placed:
        found += check_fields(place)
        found += check_counts(place)
    return found
