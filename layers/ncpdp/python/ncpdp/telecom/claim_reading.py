"""A billing or reversal as a payer reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp.telecom.claim import Claim, DurAnswer, Member, OtherPayer
from ncpdp.telecom.numbers import money_from_text, quantity_from_text
from ncpdp.telecom.reading import read_part
from ncpdp.telecom.segments import typed
from ncpdp.telecom.segments.claiming import DrugUseReview, OtherPayers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom.model import Request, Segment
    from ncpdp.telecom.parts import Part
    from ncpdp.telecom.segments.claiming import PayerBefore

MORE = ("09", "10", "12", "14", "15", "16")
"""Segments of a transaction that a Claim has no fields for."""

_COUNT = re.compile(r"[0-9]{1,9}")


def read_claim(request: Request, transaction: int = 0) -> Claim:
    """The claim in one transaction of a billing, as a payer reads it."""

    def get(segment_id: str, field_id: str) -> str:
        return request.get(segment_id, field_id, transaction) or ""

    def money(field_id: str) -> int:
        value = get("11", field_id)
        return money_from_text(value) if value else 0

    dur = request.segment("08", transaction)
    return Claim(
        rx_number=get("07", "D2"),
        ndc=get("07", "D7"),
        fill_number=_int(get("07", "D3")),
        quantity=quantity_from_text(get("07", "E7") or "0"),
        days_supply=_int(get("07", "D5")),
        daw=get("07", "D8"),
        date_written=get("07", "DE"),
        refills=_int(get("07", "DF")),
        origin=get("07", "DJ"),
        prescriber_npi=get("03", "DB"),
        prescriber_last_name=get("03", "DR"),
        ingredient_minor=money("D9"),
        fee_minor=money("DC"),
        usual_and_customary_minor=money("DQ"),
        gross_due_minor=money("DU"),
        basis=get("11", "DN"),
        clarification=get("07", "DK"),
        other_coverage=get("07", "C8"),
        prior_authorization_type=get("07", "EU"),
        prior_authorization_number=get("07", "EV"),
        dur=_read_dur(dur) if dur else (),
        other_payers=_read_other_payers(request.segment("05", transaction)),
        diagnosis=get("13", "DO"),
        more=tuple(_more(request, transaction)),
    )


def _more(request: Request, transaction: int) -> Iterator[Part]:
    own = request.transactions[transaction : transaction + 1]
    for segment in own[0] if own else ():
        part = typed(segment) if segment.id in MORE else None
        if part is not None:
            yield part


def read_member(request: Request, transaction: int = 0) -> Member:
    """The insured and the patient of a request."""

    def get(segment_id: str, field_id: str) -> str:
        return request.get(segment_id, field_id, transaction) or ""

    return Member(
        cardholder_id=get("04", "C2"),
        group_id=get("04", "C1"),
        person_code=get("04", "C3"),
        relationship=get("04", "C6"),
        first_name=get("01", "CA"),
        last_name=get("01", "CB"),
        date_of_birth=get("01", "C4"),
        gender=get("01", "C5"),
    )


def _int(text: str) -> int:
    return int(text) if _COUNT.fullmatch(text) else 0


def _read_dur(segment: Segment) -> tuple[DurAnswer, ...]:
    entries = read_part(DrugUseReview, segment.fields).entries
    return tuple(
        DurAnswer(
            reason=one.reason or "",
            service=one.service or "",
            result=one.result or "",
            effort=one.effort or "",
        )
        for one in entries
    )


def _read_other_payers(segment: Segment | None) -> tuple[OtherPayer, ...]:
    payers = read_part(OtherPayers, segment.fields).payers if segment else ()
    return tuple(_other_payer(one) for one in payers)


def _other_payer(before: PayerBefore) -> OtherPayer:
    paid = before.paid[0] if before.paid else None
    shares = [share.amount_minor for share in before.patient_shares]
    known = [amount for amount in shares if amount is not None]
    return OtherPayer(
        coverage_type=before.coverage_type or "",
        id=before.id or "",
        date=before.date or "",
        patient_responsibility_minor=sum(known) if known else None,
        paid_minor=paid.amount_minor if paid else None,
        paid_qualifier=(paid and paid.qualifier) or "07",
        rejects=tuple(one.code for one in before.rejects if one.code),
    )
