"""The D.0 billing of one fill: what goes into it, and which facts it cannot do without."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

import ncpdp
from ncpdp import telecom
from ncpdp.script import Name
from ncpdp.telecom.segments.clinical import PriorAuthorization

if TYPE_CHECKING:
    from datetime import date, datetime

    from ncpdp.script import NewRx

    from pharmonico.fulfillment.adjudication.papers import DurReply
    from pharmonico.fulfillment.directory import Medication, Pharmacy
    from pharmonico.fulfillment.documents import Insurance

FEE_MINOR = 200
"""A synthetic dispensing fee; what is paid is for the payer to say."""

USUAL_AND_CUSTOMARY = "07"
RX_NUMBER_DIGITS = 12
BIN_DIGITS = 6
FIRST_NAME_MAX, LAST_NAME_MAX = 12, 15
_SEX = {"M": "1", "F": "2"}


class Payer(Protocol):
    """The claims switch: D.0 bytes in, D.0 bytes out; `Unavailable` when nothing came back."""

    def send(self, request: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Fill:
    """Everything a billing is made of; the numbers stay the same over every repetition.

    `replies` answer a drug-use review, `authorization` is the number of an approval.
    """

    rx_number: str
    fill_number: int
    date_of_service: str
    script: NewRx
    insurance: Insurance
    pharmacy: Pharmacy
    medication: Medication
    replies: tuple[DurReply, ...] = ()
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What the payer before paid, and what it left to the patient; money in minor units."""

    bin: str
    date: str
    paid_minor: int
    left_minor: int


def rx_number_of(order_id: str) -> str:
    """The pharmacy's prescription number: digits that follow from our id."""
    return f"{int(sha256(order_id.encode()).hexdigest(), 16) % 10**RX_NUMBER_DIGITS:012d}"


def day_of_service(pharmacy: Pharmacy, at: datetime) -> str:
    """The pharmacy's own day, CCYYMMDD."""
    return _day(pharmacy.hours.local(at))


def missing_facts(
    script: NewRx,
    insurance: Insurance | None,
    medication: Medication | None,
    *,
    is_cash: bool = False,
) -> tuple[str, ...]:
    """Our own reject codes for what no payer needs to be asked."""
    drug = script.medication
    amount = drug.quantity.amount if drug and drug.quantity else None
    edits = (
        ("local.insurance_missing", insurance is None and not is_cash),
        ("local.bin_unsupported", not is_cash and _has_long_bin(insurance)),
        ("local.product_missing", medication is None),
        ("local.price_missing", medication is not None and medication.price_source == "NONE"),
        ("local.quantity_missing", amount is None or amount <= 0),
        ("local.days_supply_missing", not (drug and drug.days)),
    )
    return tuple(code for code, is_missing in edits if is_missing)


def usual_price(script: NewRx, medication: Medication) -> int:
    """The pharmacy's own (synthetic) price of the fill, in minor units."""
    drug = script.medication
    amount = drug.quantity.amount if drug and drug.quantity else None
    if amount is None:
        raise ValueError("a price needs a quantity")
    return _ingredient_minor(medication, amount) + FEE_MINOR


def billing(fill: Fill) -> bytes:
    """The B1 request."""
    request = telecom.billing_request(_route(fill), _member(fill), _claim(fill))
    return ncpdp.write(request)


def authorization_request(fill: Fill, *, code: str = "P4", number: str = "") -> bytes:
    """Ask for a prior authorization (P4), or how the one with this number stands (P3)."""
    asked = PriorAuthorization(request_type="1", assigned_number=number or None)
    claim = _claim(fill) if code == "P4" else None
    return ncpdp.write(
        telecom.prior_authorization_request(_route(fill), _member(fill), asked, claim, code=code)
    )


def as_second(billed: bytes, coverage: Insurance, before: Before, *, other_coverage: str) -> bytes:
    """The same billing to the next payer, with what the one before has said."""
    request = ncpdp.parse(billed)
    if not isinstance(request, telecom.Request):
        raise TypeError("only a request can go to another payer")
    header, member = request.header, telecom.read_member(request)
    route = telecom.Route(
        bin=coverage.bin,
        pcn=coverage.pcn,
        provider_id=header.provider_id,
        date_of_service=header.date_of_service,
    )
    insured = replace(
        member,
        cardholder_id=coverage.member_id,
        group_id=coverage.group,
        relationship=coverage.relationship,
    )
    other = telecom.OtherPayer(
        id=before.bin,
        date=before.date,
        paid_minor=before.paid_minor,
        patient_responsibility_minor=before.left_minor,
    )
    claim = replace(
        telecom.read_claim(request),
        other_coverage=other_coverage,
        other_payers=(other,),
        prior_authorization_type="",
        prior_authorization_number="",
    )
    return ncpdp.write(telecom.billing_request(route, insured, claim))


def reversal(billed: bytes) -> bytes:
    """The B2 request for a billing: the same pharmacy, day, Rx and fill number."""
    request = ncpdp.parse(billed)
    if not isinstance(request, telecom.Request):
        raise TypeError("only a request can be reversed")
    header, claim = request.header, telecom.read_claim(request)
    member = telecom.read_member(request)
    route = telecom.Route(
        bin=header.bin,
        pcn=header.pcn,
        provider_id=header.provider_id,
        date_of_service=header.date_of_service,
    )
    return ncpdp.write(
        telecom.reversal_request(
            route,
            rx_number=claim.rx_number,
            ndc=claim.ndc,
            fill_number=claim.fill_number,
            cardholder_id=member.cardholder_id,
            group_id=member.group_id,
        )
    )


def _route(fill: Fill) -> telecom.Route:
    return telecom.Route(
        bin=fill.insurance.bin,
        pcn=fill.insurance.pcn,
        provider_id=fill.pharmacy.npi,
        date_of_service=fill.date_of_service,
    )


def _member(fill: Fill) -> telecom.Member:
    insurance, patient = fill.insurance, fill.script.patient
    name = (patient.name if patient else None) or Name()
    born = patient.born_on if patient else None
    return telecom.Member(
        cardholder_id=insurance.member_id,
        group_id=insurance.group,
        relationship=insurance.relationship,
        first_name=_plain(name.first_name, FIRST_NAME_MAX),
        last_name=_plain(name.last_name, LAST_NAME_MAX),
        date_of_birth=_day(born) if born else "",
        gender=_SEX.get((patient and patient.gender) or "", "0"),
    )


def _claim(fill: Fill) -> telecom.Claim:
    drug, prescriber = fill.script.medication, fill.script.prescriber
    if drug is None or drug.quantity is None or drug.quantity.amount is None:
        raise ValueError("a claim needs a drug and a quantity")
    signed = (prescriber.name if prescriber else None) or Name()
    ingredient = _ingredient_minor(fill.medication, drug.quantity.amount)
    return telecom.Claim(
        rx_number=fill.rx_number,
        ndc=fill.medication.ndc11,
        fill_number=fill.fill_number,
        quantity=drug.quantity.amount,
        days_supply=drug.days or 0,
        daw="1" if drug.is_dispense_as_written else "0",
        date_written=_day(drug.written_on) if drug.written_on else "",
        refills=drug.refills or 0,
        prescriber_npi=(prescriber and prescriber.npi) or "",
        prescriber_last_name=_plain(signed.last_name, LAST_NAME_MAX),
        ingredient_minor=ingredient,
        fee_minor=FEE_MINOR,
        usual_and_customary_minor=ingredient + FEE_MINOR,
        basis=USUAL_AND_CUSTOMARY,
        prior_authorization_type="1" if fill.authorization else "",
        prior_authorization_number=fill.authorization,
        dur=tuple(
            telecom.DurAnswer(reason=one.reason, service=one.service, result=one.result)
            for one in fill.replies
        ),
    )


def _has_long_bin(insurance: Insurance | None) -> bool:
    return insurance is not None and len(insurance.bin) != BIN_DIGITS


def _ingredient_minor(medication: Medication, quantity: Decimal) -> int:
    cost = medication.unit_price_minor * quantity
    return int(cost.to_integral_value(ROUND_HALF_UP))


def _plain(text: str | None, length: int) -> str:
    """D.0 names are upper-case ASCII: accents are dropped, the rest is cut to the field."""
    bare = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode()
    return bare.upper()[:length].strip()


def _day(at: date) -> str:
    return at.strftime("%Y%m%d")
