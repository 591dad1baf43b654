"""What a payer says to one transaction, read from a response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ncpdp.errors import InvalidValue
from ncpdp.telecom.numbers import money_from_text, quantity_from_text
from ncpdp.telecom.parts import plan_of
from ncpdp.telecom.reading import items_of
from ncpdp.telecom.rejects import advice_for
from ncpdp.telecom.segments import Alerts, typed
from ncpdp.telecom.values import read_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ncpdp.telecom.model import Response, Segment
    from ncpdp.telecom.parts import Part
    from ncpdp.telecom.rejects import Advice

MORE = ("26", "27", "28")
OTHER_AMOUNT = "J4"
# Attribute of Answer -> field of the pricing segment.
PRICING = {
    "patient_pay_minor": "F5",
    "ingredient_paid_minor": "F6",
    "fee_paid_minor": "F7",
    "service_fee_minor": "J1",
    "total_paid_minor": "F9",
    "tax_minor": "AW",
    "percentage_tax_minor": "AX",
    "incentive_minor": "FL",
    "other_amount_minor": "J4",
    "other_payer_minor": "J5",
    "deductible_minor": "FH",
    "copay_minor": "FI",
    "coinsurance_minor": "4U",
    "patient_tax_minor": "FN",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DurAlert:
    """Why a drug-use review stopped a claim: reason E4, significance FS (1 major … 3 minor).

    `previous_fill` is CCYYMMDD, `quantity` that fill's; None where it is not told, or no number.
    """

    reason: str
    significance: str = ""
    other_pharmacy: str = ""
    previous_fill: str = ""
    quantity: Decimal | None = None
    database: str = ""
    other_prescriber: str = ""
    text: str = ""
    additional_text: str = ""


DUR = {
    "reason": "E4",
    "significance": "FS",
    "other_pharmacy": "FT",
    "previous_fill": "FU",
    "quantity": "FV",
    "database": "FW",
    "other_prescriber": "FX",
    "text": "FY",
    "additional_text": "NS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status P paid, D duplicate of paid, C captured, R rejected, A approved; money in minor
    units, None where the payer did not say. Several other amounts (J4) are one sum; `more` has
    the typed segments 26 to 28 of the transaction."""

    status: str
    authorization_number: str = ""
    rejects: tuple[str, ...] = ()
    message: str = ""
    rx_number: str = ""
    patient_pay_minor: int | None = None
    ingredient_paid_minor: int | None = None
    fee_paid_minor: int | None = None
    service_fee_minor: int | None = None
    total_paid_minor: int | None = None
    tax_minor: int | None = None
    percentage_tax_minor: int | None = None
    incentive_minor: int | None = None
    other_amount_minor: int | None = None
    other_payer_minor: int | None = None
    basis: str = ""
    deductible_minor: int | None = None
    copay_minor: int | None = None
    coinsurance_minor: int | None = None
    patient_tax_minor: int | None = None
    dur: tuple[DurAlert, ...] = ()
    more: tuple[Part, ...] = ()

    @property
    def advice(self) -> Advice | None:
        """What to do about a refusal; None for any other answer."""
        return advice_for(self.rejects) if self.status == "R" else None

    @property
    def is_paid(self) -> bool:
        """A duplicate of a paid claim counts as paid."""
        return self.status in {"P", "D"}

    @property
    def is_balanced(self) -> bool:
        """What payer and patient pay together is what the parts of the price come to."""
        price = (
            _sum(self.ingredient_paid_minor, self.fee_paid_minor, self.tax_minor)
            + _sum(self.percentage_tax_minor, self.incentive_minor, self.other_amount_minor)
            + _sum(self.service_fee_minor)
            - _sum(self.other_payer_minor)
        )
        return _sum(self.total_paid_minor, self.patient_pay_minor) == price


def _sum(*amounts: int | None) -> int:
    return sum(amount or 0 for amount in amounts)


def read_answer(response: Response, transaction: int = 0) -> Answer:
    """The answer to one transaction; without a status segment the header's status stands.

    Raises InvalidValue, with its place as the path, for an amount that is none.
    """
    status = response.segment("21", transaction)
    pricing = response.segment("23", transaction)
    dur = response.segment("24", transaction)
    messages = [segment.get("F4") for segment in response.segments if segment.id == "20"]
    said = status.all("FQ") if status else ()
    return Answer(
        status=(status and status.get("AN")) or response.header.status,
        authorization_number=(status and status.get("F3")) or "",
        rejects=status.all("FB") if status else (),
        message=" ".join(filter(None, (*messages, *said))),
        rx_number=response.get("22", "D2", transaction) or "",
        basis=response.get("23", "FM", transaction) or "",
        dur=_alerts(dur) if dur else (),
        more=tuple(_more(response, transaction)),
        **_pricing(pricing),
    )


def read_answers(response: Response) -> tuple[Answer, ...]:
    """One answer per transaction; a transmission refused as a whole gives one."""
    count = max(len(response.transactions), 1)
    return tuple(read_answer(response, index) for index in range(count))


def _pricing(segment: Segment | None) -> dict[str, Any]:
    values = {name: segment.get(field_id) for name, field_id in PRICING.items()} if segment else {}
    amounts = {name: _money(PRICING[name], value) for name, value in values.items() if value}
    others = segment.all(OTHER_AMOUNT) if segment else ()
    if len(others) > 1:
        amounts["other_amount_minor"] = sum(_money(OTHER_AMOUNT, one) for one in others if one)
    return amounts


def _money(field_id: str, text: str) -> int:
    return read_at(f"23/{field_id}", money_from_text, text)


def _more(response: Response, transaction: int) -> Iterator[Part]:
    for segment in response.own(transaction):
        part = typed(segment) if segment.id in MORE else None
        if part is not None:
            yield part


def _alerts(segment: Segment) -> tuple[DurAlert, ...]:
    """As the payer wrote them: a number that is none does not hide what the alert says."""
    group = plan_of(Alerts).groups[DUR["reason"]][1]
    own = [one for one in segment.fields if one.id in plan_of(Alerts).groups]
    return tuple(_alert(dict(reversed(item))) for item in items_of(group, own))


def _alert(said: dict[str, str]) -> DurAlert:
    texts = {name: said.get(key, "").strip(" ") for name, key in DUR.items()}
    return DurAlert(quantity=_quantity(texts.pop("quantity")), **texts)


def _quantity(text: str) -> Decimal | None:
    try:
        return quantity_from_text(text)
    except InvalidValue:
        return None
