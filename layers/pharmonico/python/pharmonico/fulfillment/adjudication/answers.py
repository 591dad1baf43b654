"""What a payer's bytes mean for a claim, and the record of everything that was said."""

from __future__ import annotations

import base64
from enum import StrEnum
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp import telecom

from pharmonico.kit.errors import Unavailable
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from datetime import datetime

    from ncpdp.telecom import Answer

    from pharmonico.fulfillment.adjudication.papers import Claim

EXCHANGES_MAX = 40
EXCHANGES_CHARS_MAX = 250_000
"""A record of the store holds 400 KB, and a payer may talk long: the oldest words go first."""

MESSAGE_MAX = 500
UNEXPECTED = "local.unexpected_status"
NOTHING_TO_REVERSE = "87"
PAID_BEFORE = "83"
REVERSAL = "B2"
_TAKEN_BACK = frozenset({"A", "C", "D", "S"})
"""Approved, captured, and the two words for "that was done before"."""


class Verdict(StrEnum):
    PAID = "paid"
    REJECTED = "rejected"
    LATER = "later"
    DISPUTED = "disputed"
    UNBALANCED = "unbalanced"


def read(response: bytes) -> Answer:
    """The answer to a claim; `Unavailable` for bytes that are none."""
    try:
        message = ncpdp.parse(response)
        if isinstance(message, telecom.Response):
            return telecom.read_answer(message)
    except ncpdp.NcpdpError as error:
        raise Unavailable("payer.unreadable", "The payer's answer cannot be read.") from error
    raise Unavailable("payer.unreadable", "The payer did not answer with a response.")


def judge(answer: Answer, *, rx_number: str) -> Verdict:
    """What a billing's answer comes to; a duplicate of a paid claim is paid."""
    if answer.is_paid:
        is_ours = answer.rx_number.lstrip("0") in ("", rx_number.lstrip("0"))
        return Verdict.PAID if is_ours and adds_up(answer) else Verdict.UNBALANCED
    if answer.rejects == (PAID_BEFORE,):
        return Verdict.DISPUTED
    return Verdict.LATER if telecom.is_retryable(answer.rejects) else Verdict.REJECTED


def adds_up(answer: Answer) -> bool:
    """F9 + F5 is the price, nothing is negative, and the patient's parts fit into F5."""
    if answer.patient_pay_minor is None or answer.total_paid_minor is None:
        return False
    own_parts = (
        answer.deductible_minor,
        answer.copay_minor,
        answer.coinsurance_minor,
        answer.patient_tax_minor,
    )
    within = sum(part or 0 for part in own_parts) <= answer.patient_pay_minor
    return answer.is_balanced and within and answer.patient_pay_minor >= 0


def is_taken_back(answer: Answer, *, may_be_gone: bool) -> bool:
    """Whether nothing of the claim is left at the payer.

    A billing that was never answered may have never arrived, and an earlier reversal whose answer
    was lost may have worked: then there is nothing to reverse.
    """
    if answer.status in _TAKEN_BACK:
        return True
    return may_be_gone and NOTHING_TO_REVERSE in answer.rejects


def is_approved_reversal(exchange: dict[str, str]) -> bool:
    """Whether the payer took a paid claim back then, and did not just know of none."""
    response = base64.b64decode(exchange["response"])
    return exchange["code"] == REVERSAL and read(response).status in _TAKEN_BACK


def noted(claim: Claim, code: str, request: bytes, response: bytes, *, at: datetime) -> Claim:
    """The claim with one more exchange, byte for byte."""
    exchange = {
        "code": code,
        "at": at.isoformat(),
        "request": base64.b64encode(request).decode(),
        "response": base64.b64encode(response).decode(),
    }
    return with_exchanges(claim, (*claim.exchanges, exchange))


def with_exchanges(claim: Claim, exchanges: tuple[dict[str, str], ...]) -> Claim:
    """The claim with as many of the newest exchanges as its record can hold."""
    sizes = accumulate(sum(map(len, said.values())) for said in reversed(exchanges))
    count = sum(size <= EXCHANGES_CHARS_MAX for size in islice(sizes, EXCHANGES_MAX))
    return claim.model_copy(update={"exchanges": exchanges[len(exchanges) - count :]})


def amounts(answer: Answer) -> dict[str, Any]:
    """The fields of a paid claim."""
    return {
        "status": "paid",
        "ingredient": _money(answer.ingredient_paid_minor),
        "dispensing_fee": _money(answer.fee_paid_minor),
        "plan_paid": _money(answer.total_paid_minor),
        "patient_pay": _money(answer.patient_pay_minor),
        "deductible": _money(answer.deductible_minor),
        "copay": _money(answer.copay_minor),
        "coinsurance": _money(answer.coinsurance_minor),
        "authorization": answer.authorization_number or None,
        "reject_codes": (),
        "message": "",
        "alerts": (),
    }


def refusal(answer: Answer) -> dict[str, Any]:
    alerts = (
        {"reason": each.reason, "significance": each.significance, "text": each.text}
        for each in answer.dur
    )
    return {
        "status": "rejected",
        "reject_codes": answer.rejects or (UNEXPECTED,),
        "message": answer.message[:MESSAGE_MAX],
        "alerts": tuple(alerts),
    }


def _money(minor: int | None) -> Money | None:
    return None if minor is None else Money(amount_minor=minor)
