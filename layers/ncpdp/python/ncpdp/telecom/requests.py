"""What a pharmacy asks of a payer: bill, rebill, reverse, coverage, prior authorization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.telecom.model import Field, Request, RequestHeader, Segment, Segments
from ncpdp.telecom.numbers import money_to_text, quantity_to_text
from ncpdp.telecom.segments import segment_of
from ncpdp.telecom.segments.claiming import (
    Compound,
    DrugUseReview,
    DurEntry,
    OtherPayers,
    PaidByOther,
    PatientShare,
    PayerBefore,
    RejectedByOther,
)

if TYPE_CHECKING:
    from ncpdp.telecom.claim import Claim, Member, OtherPayer, Route
    from ncpdp.telecom.segments.clinical import PriorAuthorization


def billing_request(
    route: Route, member: Member, claim: Claim, *more: Claim, code: str = "B1"
) -> Request:
    """A billing of one to four prescriptions.

    `code` B3 makes it a rebilling, N1 or N3 an information report, P1 a prior authorization that
    is billed at once (its claim carries a PriorAuthorization in `more`).
    """
    claims = (claim, *more)
    return Request(
        header=_header(route, code, len(claims)),
        segments=(_patient(member), _insurance(member)),
        transactions=tuple(_transaction(one) for one in claims),
    )


def rebill_request(route: Route, member: Member, claim: Claim, *more: Claim) -> Request:
    """A rebilling (B3): the payer reverses what it paid and decides anew."""
    return billing_request(route, member, claim, *more, code="B3")


def eligibility_request(route: Route, member: Member) -> Request:
    """A question about coverage (E1): it carries no claim."""
    segments = (_patient(member), _insurance(member))
    return Request(
        header=_header(route, "E1"), segments=tuple(one for one in segments if one.fields)
    )


def prior_authorization_request(
    route: Route,
    member: Member,
    authorization: PriorAuthorization,
    claim: Claim | None = None,
    *,
    code: str = "P4",
) -> Request:
    """A prior authorization asked for (P4), inquired about (P3) or taken back (P2)."""
    asked = segment_of(authorization)
    segments = (_claim(claim), asked, _prescriber(claim)) if claim else (asked,)
    return Request(
        header=_header(route, code),
        segments=(_patient(member), _insurance(member)),
        transactions=(segments,),
    )


def reversal_request(
    route: Route,
    *,
    rx_number: str,
    ndc: str,
    fill_number: int = 0,
    cardholder_id: str = "",
    group_id: str = "",
    other_coverage: str = "",
    code: str = "B2",
) -> Request:
    """A reversal of a paid claim: same pharmacy, date of service, Rx and fill number.

    `code` N2 takes an information report back.
    """
    insurance = _segment("04", ("C2", cardholder_id), ("C1", group_id))
    claim = _segment(
        "07",
        ("EM", "1"),
        ("D2", rx_number),
        ("E1", "03"),
        ("D7", ndc),
        ("D3", f"{fill_number:02d}"),
        ("C8", other_coverage),
    )
    segments = (insurance,) if insurance.fields else ()
    return Request(header=_header(route, code), segments=segments, transactions=((claim,),))


def _header(route: Route, code: str, count: int = 1) -> RequestHeader:
    return RequestHeader(
        bin=route.bin,
        transaction_code=code,
        pcn=route.pcn,
        transaction_count=str(count),
        provider_id=route.provider_id,
        date_of_service=route.date_of_service,
        vendor_id=route.vendor_id,
    )


def _segment(segment_id: str, *pairs: tuple[str, str]) -> Segment:
    return Segment(segment_id, tuple(Field(key, value) for key, value in pairs if value))


def _patient(member: Member) -> Segment:
    return _segment(
        "01",
        ("C4", member.date_of_birth),
        ("C5", member.gender),
        ("CA", member.first_name),
        ("CB", member.last_name),
    )


def _insurance(member: Member) -> Segment:
    return _segment(
        "04",
        ("C2", member.cardholder_id),
        ("C1", member.group_id),
        ("C3", member.person_code),
        ("C6", member.relationship),
    )


def _transaction(claim: Claim) -> Segments:
    gross = claim.gross_due_minor
    pricing = _segment(
        "11",
        ("D9", money_to_text(claim.ingredient_minor)),
        ("DC", money_to_text(claim.fee_minor)),
        ("DQ", money_to_text(claim.usual_and_customary_minor)),
        ("DU", money_to_text(claim.ingredient_minor + claim.fee_minor if gross is None else gross)),
        ("DN", claim.basis),
    )
    optional = (_other_payers(claim), _dur(claim), _diagnosis(claim), *map(segment_of, claim.more))
    return (_claim(claim), pricing, _prescriber(claim), *(s for s in optional if s.fields))


def _prescriber(claim: Claim) -> Segment:
    return _segment(
        "03",
        ("EZ", "01"),
        ("DB", claim.prescriber_npi),
        ("DR", claim.prescriber_last_name),
    )


def _claim(claim: Claim) -> Segment:
    return _segment(
        "07",
        ("EM", "1"),
        ("D2", claim.rx_number),
        ("E1", "03"),
        ("D7", claim.ndc),
        ("E7", quantity_to_text(claim.quantity)),
        ("D3", f"{claim.fill_number:02d}"),
        ("D5", str(claim.days_supply)),
        ("D6", "2" if any(isinstance(part, Compound) for part in claim.more) else "1"),
        ("D8", claim.daw),
        ("DE", claim.date_written),
        ("DF", f"{claim.refills:02d}"),
        ("DJ", claim.origin),
        ("NX", "1" if claim.clarification else ""),
        ("DK", claim.clarification),
        ("C8", claim.other_coverage),
        ("EU", claim.prior_authorization_type),
        ("EV", claim.prior_authorization_number),
    )


def _other_payers(claim: Claim) -> Segment:
    return segment_of(OtherPayers(payers=tuple(map(_payer_before, claim.other_payers))))


def _payer_before(payer: OtherPayer) -> PayerBefore:
    share, paid = payer.patient_responsibility_minor, payer.paid_minor
    return PayerBefore(
        coverage_type=payer.coverage_type,
        id_qualifier="03",
        id=payer.id,
        date=payer.date,
        paid=()
        if paid is None
        else (PaidByOther(qualifier=payer.paid_qualifier, amount_minor=paid),),
        rejects=tuple(RejectedByOther(code=code) for code in payer.rejects),
        patient_shares=() if share is None else (PatientShare(qualifier="06", amount_minor=share),),
    )


def _dur(claim: Claim) -> Segment:
    entries = (
        DurEntry(
            reason=answer.reason,
            service=answer.service,
            result=answer.result,
            effort=answer.effort or None,
        )
        for answer in claim.dur
    )
    return segment_of(DrugUseReview(entries=tuple(entries)))


def _diagnosis(claim: Claim) -> Segment:
    if not claim.diagnosis:
        return Segment("13")
    return _segment("13", ("VE", "1"), ("WE", "02"), ("DO", claim.diagnosis))
