"""A billing or reversal as a payer reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp.telecom.claim import Claim, DurAnswer, Member, OtherPayer
from ncpdp.telecom.numbers import money_from_text, quantity_from_text
from ncpdp.telecom.reading import read_part
from ncpdp.telecom.segments import typed
from ncpdp.telecom.segments.claiming import DrugUseReview, OtherPayers
from ncpdp.telecom.values import read_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom.model import Request, Segment
    from ncpdp.telecom.parts import Part
    from ncpdp.telecom.segments.claiming import PayerBefore

MORE = ("09", "10", "12", "14", "15", "16")
"""Segments of a transaction that a Claim has no fields for."""

_COUNT = re.compile(r"[0-9]{1,9}")
_WHOLE_SHARE = "06"


def read_claim(request: Request, transaction: int = 0) -> Claim:
    """The claim in one transaction of a billing, as a payer reads it.

    Raises InvalidValue, with its place as the path, for an amount or quantity that is none.
    """

    def get(segment_id: str, field_id: str) -> str:
        return request.get(segment_id, field_id, transaction) or ""

    def money(field_id: str) -> int:
        value = get("11", field_id)
        return read_at(f"11/{field_id}", money_from_text, value) if value else 0

    dur = request.segment("08", transaction)
    return Claim(
        rx_number=get("07", "D2"),
        ndc=get("07", "D7"),
        fill_number=_int(get("07", "D3")),
        quantity=read_at("07/E7", quantity_from_text, get("07", "E7") or "0"),
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
    for segment in request.own(transaction):
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
    part = typed(segment) if segment else None
    return tuple(map(_other_payer, part.payers)) if isinstance(part, OtherPayers) else ()


def _other_payer(before: PayerBefore) -> OtherPayer:
    paid = [one.amount_minor for one in before.paid if one.amount_minor is not None]
    # The whole share is one amount; the parts of a share that is told in parts add up to it.
    shares = [one for one in before.patient_shares if one.amount_minor is not None]
    whole = [one for one in shares if one.qualifier == _WHOLE_SHARE]
    known = [one.amount_minor or 0 for one in whole[:1] or shares]
    return OtherPayer(
        coverage_type=before.coverage_type or "",
        id=before.id or "",
        date=before.date or "",
        patient_responsibility_minor=sum(known) if known else None,
        paid_minor=sum(paid) if paid else None,
        paid_qualifier=(before.paid and before.paid[0].qualifier) or "07",
        rejects=tuple(one.code for one in before.rejects if one.code),
    )
