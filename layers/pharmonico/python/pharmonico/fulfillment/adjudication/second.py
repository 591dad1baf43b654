"""Coordination of benefits: the second payer, or a copay card, for what the first one left.

Source: D.0's other-coverage codes (C8) and other-payer fields; federal and state health
programmes' members may not use a manufacturer's copay card (42 U.S.C. 1320a-7b).
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom

from pharmonico.fulfillment.adjudication.claims import BIN_DIGITS, Before, as_second
from pharmonico.fulfillment.adjudication.facts import UNBILLABLE
from pharmonico.fulfillment.adjudication.papers import SECONDARY, Claim
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.documents import Insurance
    from pharmonico.kit.clock import Clock

CARD_EXCLUDED = "local.card_excluded"
BIN_UNSUPPORTED = "local.bin_unsupported"
COPAY_ONLY, PAYMENT_COLLECTED = "08", "02"


def prepare_second(
    first: Claim,
    coverage: Insurance,
    before: Claim | None,
    *,
    directory: Directory,
    clock: Clock,
) -> Claim:
    """The claim to the second payer, or one that is refused before it is sent.

    `first` has been paid. Which plan that was its own bytes say: people may have corrected what the
    patient had entered.
    """
    again = before if before and before.status == "rejected" else None
    claim = Claim(
        key=SECONDARY,
        version=before.version if before else 0,
        claim_id=again.claim_id if again else new_id("clm", clock=clock),
        status="submitted",
        rx_number=first.rx_number,
        fill_number=first.fill_number,
        date_of_service=first.date_of_service,
        bin=coverage.bin,
        pcn=coverage.pcn,
        exchanges=before.exchanges if before else (),
    )
    second = directory.plan(coverage.bin, coverage.pcn, coverage.group)
    is_card = second is not None and second.is_copay_card
    primary = directory.plan(first.bin, first.pcn, _group_of(first))
    if is_card and primary is not None and primary.federal:
        return _refused(claim, CARD_EXCLUDED)
    if len(coverage.bin) != BIN_DIGITS:
        return _refused(claim, BIN_UNSUPPORTED)
    other = Before(
        bin=first.bin,
        date=first.date_of_service,
        paid_minor=first.plan_paid.amount_minor if first.plan_paid else 0,
        left_minor=first.patient_pay.amount_minor if first.patient_pay else 0,
    )
    how = COPAY_ONLY if is_card else PAYMENT_COLLECTED
    try:
        request = as_second(base64.b64decode(first.request), coverage, other, other_coverage=how)
    except ncpdp.InvalidValue:
        return _refused(claim, UNBILLABLE)
    return claim.model_copy(update={"request": base64.b64encode(request).decode()})


def is_over(claim: Claim | None) -> bool:
    """Whether the second payer has said its word."""
    return claim is not None and claim.status in ("paid", "rejected")


def words_of(codes: tuple[str, ...]) -> str:
    return ", ".join(telecom.reject(code).words for code in codes)


def _group_of(first: Claim) -> str:
    request = ncpdp.parse(base64.b64decode(first.request))
    if not isinstance(request, telecom.Request):
        raise TypeError("only a request was billed")
    return telecom.read_member(request).group_id


def _refused(claim: Claim, code: str) -> Claim:
    return claim.model_copy(update={"status": "rejected", "reject_codes": (code,)})
