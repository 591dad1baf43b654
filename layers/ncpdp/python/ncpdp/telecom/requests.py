"""What a pharmacy asks of a payer: bill (B1), rebill (B3) and reverse (B2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.telecom.model import Field, Request, RequestHeader, Segment, Segments
from ncpdp.telecom.numbers import money_to_text, quantity_to_text

if TYPE_CHECKING:
    from ncpdp.telecom.claim import Claim, Member, Route


def billing_request(route: Route, member: Member, claim: Claim, *, code: str = "B1") -> Request:
    """A billing (B1) or, with `code="B3"`, a rebilling of one prescription."""
    return Request(
        header=_header(route, code),
        segments=(_patient(member), _insurance(member)),
        transactions=(_transaction(claim),),
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
) -> Request:
    """A reversal (B2) of a paid claim: same pharmacy, date of service, Rx and fill number."""
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
    return Request(header=_header(route, "B2"), segments=segments, transactions=((claim,),))


def _header(route: Route, code: str) -> RequestHeader:
    return RequestHeader(
        bin=route.bin,
        transaction_code=code,
        pcn=route.pcn,
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
    prescriber = _segment(
        "03",
        ("EZ", "01"),
        ("DB", claim.prescriber_npi),
        ("DR", claim.prescriber_last_name),
    )
    optional = (_other_payers(claim), _dur(claim), _diagnosis(claim))
    return (_claim(claim), pricing, prescriber, *(s for s in optional if s.fields))


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
        ("D6", "1"),
        ("D8", claim.daw),
        ("DE", claim.date_written),
        ("DF", f"{claim.refills:02d}"),
        ("DJ", claim.origin),
        ("DK", claim.clarification),
        ("C8", claim.other_coverage),
        ("EU", claim.prior_authorization_type),
        ("EV", claim.prior_authorization_number),
    )


def _other_payers(claim: Claim) -> Segment:
    pairs: list[tuple[str, str]] = []
    if claim.other_payers:
        pairs.append(("4C", str(len(claim.other_payers))))
    for payer in claim.other_payers:
        pairs += [("5C", payer.coverage_type), ("6C", "03"), ("7C", payer.id), ("E8", payer.date)]
        if payer.patient_responsibility_minor is not None:
            amount = money_to_text(payer.patient_responsibility_minor)
            pairs += [("NR", "1"), ("NP", "06"), ("NQ", amount)]
    return _segment("05", *pairs)


def _dur(claim: Claim) -> Segment:
    pairs: list[tuple[str, str]] = []
    for counter, answer in enumerate(claim.dur, start=1):
        pairs += [
            ("7E", str(counter)),
            ("E4", answer.reason),
            ("E5", answer.service),
            ("E6", answer.result),
        ]
    return _segment("08", *pairs)


def _diagnosis(claim: Claim) -> Segment:
    if not claim.diagnosis:
        return Segment("13")
    return _segment("13", ("VE", "1"), ("WE", "02"), ("DO", claim.diagnosis))
