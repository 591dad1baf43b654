"""What a pharmacy asks of a payer: bill, rebill, reverse, coverage, prior authorization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.errors import InvalidValue
from ncpdp.telecom.claim import COMPOUND_NDC
from ncpdp.telecom.model import Field, Request, RequestHeader, Segment, Segments
from ncpdp.telecom.numbers import money_to_text, quantity_to_text
from ncpdp.telecom.parts import plan_of
from ncpdp.telecom.segments import segment_of
from ncpdp.telecom.segments.claiming import (
    Compound,
    Dispensing,
    DrugUseReview,
    DurEntry,
    OtherPayers,
    PaidByOther,
    PatientShare,
    PayerBefore,
    RejectedByOther,
)
from ncpdp.telecom.segments.clinical import PriorAuthorization
from ncpdp.telecom.values import to_text

if TYPE_CHECKING:
    from ncpdp.telecom.claim import Claim, Member, OtherPayer, Route


def billing_request(
    route: Route, member: Member, claim: Claim, *more: Claim, code: str = "B1"
) -> Request:
    """A billing of one to four prescriptions.

    `code` B3 makes it a rebilling, N1 or N3 an information report, P1 a prior authorization that
    is billed at once (its claim carries a PriorAuthorization in `more`).
    """
    claims = (claim, *more)
    for one in claims if code == "P1" else ():
        if not any(isinstance(part, PriorAuthorization) for part in one.more):
            raise _incomplete("A claim of a P1 carries the prior authorization it asks for.")
    return Request(
        header=_header(route, code, len(claims)),
        segments=_people(member),
        transactions=tuple(_transaction(one) for one in claims),
    )


def rebill_request(route: Route, member: Member, claim: Claim, *more: Claim) -> Request:
    """A rebilling (B3): the payer reverses what it paid and decides anew."""
    return billing_request(route, member, claim, *more, code="B3")


def eligibility_request(route: Route, member: Member) -> Request:
    """A question about coverage (E1): it carries no claim."""
    return Request(header=_header(route, "E1"), segments=_people(member))


def prior_authorization_request(
    route: Route,
    member: Member,
    authorization: PriorAuthorization,
    claim: Claim | None = None,
    *,
    code: str = "P4",
) -> Request:
    """A prior authorization asked for (P4, with its claim), asked about (P3), taken back (P2)."""
    if code == "P4" and claim is None:
        raise _incomplete("A prior authorization is asked for a claim.")
    asked = segment_of(authorization)
    parts = (_claim(claim), asked, _prescriber(claim)) if claim else (asked,)
    segments = tuple(segment for segment in parts if segment.fields)
    return Request(header=_header(route, code), segments=_people(member), transactions=(segments,))


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
        ("E1", _product_qualifier(ndc)),
        ("D7", ndc),
        ("D3", _whole("D3", fill_number)),
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


def _incomplete(words: str) -> InvalidValue:
    return InvalidValue(words, code="builder.incomplete")


def _product_qualifier(ndc: str) -> str:
    """03 is an NDC; a compound has none, and is named by a 0."""
    return "00" if ndc == COMPOUND_NDC else "03"


def _whole(field_id: str, value: int) -> str:
    """A number of the claim; raises InvalidValue for one that does not fit its field."""
    return to_text(plan_of(Dispensing).leaves[field_id][1], value)


def _people(member: Member) -> Segments:
    return tuple(one for one in (_patient(member), _insurance(member)) if one.fields)


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
    told = (_prescriber(claim), _other_payers(claim), _dur(claim), _diagnosis(claim))
    optional = (*told, *map(segment_of, claim.more))
    return (_claim(claim), pricing, *(segment for segment in optional if segment.fields))


def _prescriber(claim: Claim) -> Segment:
    return _segment(
        "03",
        ("EZ", "01" if claim.prescriber_npi else ""),
        ("DB", claim.prescriber_npi),
        ("DR", claim.prescriber_last_name),
    )


def _claim(claim: Claim) -> Segment:
    return _segment(
        "07",
        ("EM", "1"),
        ("D2", claim.rx_number),
        ("E1", _product_qualifier(claim.ndc)),
        ("D7", claim.ndc),
        ("E7", quantity_to_text(claim.quantity)),
        ("D3", _whole("D3", claim.fill_number)),
        ("D5", _whole("D5", claim.days_supply)),
        ("D6", "2" if any(isinstance(part, Compound) for part in claim.more) else "1"),
        ("D8", claim.daw),
        ("DE", claim.date_written),
        ("DF", _whole("DF", claim.refills)),
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
