"""E1: whether a coverage exists. It says nothing about benefits, and it never holds anything up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom

from pharmonico.fulfillment.adjudication import answers
from pharmonico.fulfillment.adjudication.claims import BIN_DIGITS
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from datetime import date

    from pharmonico.fulfillment.adjudication.claims import Payer
    from pharmonico.fulfillment.documents import Insurance
    from pharmonico.kit.clock import Clock

WORDS_MAX = 200


def check_eligibility(
    insurance: Insurance, *, born: date | None, provider_npi: str, payer: Payer, clock: Clock
) -> Eligibility:
    """Ask the payer; one that does not answer, or cannot be asked, leaves it unknown."""
    now = clock.now()
    if len(insurance.bin) != BIN_DIGITS:
        return Eligibility(status="unknown", checked_at=now)
    route = telecom.Route(
        bin=insurance.bin,
        pcn=insurance.pcn,
        provider_id=provider_npi,
        date_of_service=f"{now:%Y%m%d}",
    )
    member = telecom.Member(
        cardholder_id=insurance.member_id,
        group_id=insurance.group,
        relationship=insurance.relationship,
        date_of_birth=f"{born:%Y%m%d}" if born else "",
    )
    try:
        asked = ncpdp.write(telecom.eligibility_request(route, member))
        answer = answers.read(payer.send(asked))
    except (ncpdp.NcpdpError, Unavailable):
        return Eligibility(status="unknown", checked_at=now)
    if answer.status == "A":
        return Eligibility(status="active", plan=answer.message[:WORDS_MAX], checked_at=now)
    if telecom.is_retryable(answer.rejects):
        return Eligibility(status="unknown", reject_codes=answer.rejects, checked_at=now)
    return Eligibility(status="inactive", reject_codes=answer.rejects, checked_at=now)
