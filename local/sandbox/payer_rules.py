"""Why the payer refuses: missing fields first, then the magic endings of member ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.telecom import Answer, DurAlert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom import Claim, Member, RequestHeader

REJECTS_MAX = 5
HOST_DOWN = "0092"
DATE_DIGITS = 8
WORDS = {
    "65": "Patient is not covered by this plan",
    "70": "Product is not covered by this plan",
    "75": "Prior authorization required",
    "79": "Refill too soon",
    "88": "DUR reject: see the alert",
}


def broken_fields(header: RequestHeader, member: Member, claim: Claim) -> tuple[str, ...]:
    """The reject codes of what is missing or malformed, at most five."""
    return tuple(_broken(header, member, claim))[:REJECTS_MAX]


def _broken(header: RequestHeader, member: Member, claim: Claim) -> Iterator[str]:
    if identifiers.npi_problem(header.provider_id):
        yield "05"
    if not member.cardholder_id:
        yield "07"
    if len(member.date_of_birth) != DATE_DIGITS:
        yield "09"
    if claim.days_supply <= 0:
        yield "19"
    if len(claim.ndc) != 11 or not claim.ndc.isdigit():  # noqa: PLR2004 - D.0 bills 11 digits
        yield "21"
    if identifiers.npi_problem(claim.prescriber_npi):
        yield "25"
    if len(claim.date_written) != DATE_DIGITS:
        yield "28"


def magic_refusal(member_id: str, claim: Claim) -> Answer | None:
    """75 is lifted by a prior authorization number, 88 by a DUR answer; the others stay."""
    ending = member_id[-4:]
    if ending == "0075" and not claim.prior_authorization_number:
        return _refused("75")
    if ending == "0088" and not claim.dur:
        alert = DurAlert(reason="DD", significance="1", text="SYNTHETIC INTERACTION ALERT")
        return _refused("88", alert)
    if ending in ("0079", "0070", "0065"):
        return _refused(ending[-2:])
    return None


def _refused(code: str, *alerts: DurAlert) -> Answer:
    return Answer(status="R", rejects=(code,), message=WORDS[code], dur=alerts)
