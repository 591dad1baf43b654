"""Gathering what a claim is made of, and writing the claim down before it is sent."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.fulfillment.adjudication.claims import (
    Fill,
    billing,
    day_of_service,
    missing_facts,
    rx_number_of,
    usual_price,
)
from pharmonico.fulfillment.adjudication.papers import PRIMARY, Billing, Claim
from pharmonico.fulfillment.documents import Enrollment, Script, Validation
from pharmonico.kit.errors import Conflict
from pharmonico.kit.ids import new_id
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory, Medication, Pharmacy
    from pharmonico.fulfillment.documents import Insurance
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

UNBILLABLE = "local.unbillable"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a fill; `insurance` is what people corrected it to, where they did."""

    script: NewRx
    insurance: Insurance | None
    secondary: Insurance | None
    medication: Medication | None
    pharmacy: Pharmacy
    billing: Billing


def gather(
    order: Order, *, orders: Orders, directory: Directory, billing: Billing | None = None
) -> Facts:
    """`Conflict` for a prescription without a message or a known pharmacy."""
    enrollment = orders.document(order.id, Enrollment)
    noted = billing or Billing()
    entered = enrollment.insurance if enrollment else None
    return Facts(
        script=script_of(order, orders),
        insurance=noted.insurance or entered,
        secondary=enrollment.secondary if enrollment else None,
        medication=_medication(order, orders, directory),
        pharmacy=_pharmacy(order, directory),
        billing=noted,
    )


def prepare(order: Order, before: Claim | None, facts: Facts, *, clock: Clock) -> Claim:
    """A claim to be sent, or one that our own edits reject: no payer is asked what we know.

    A claim that was rejected is billed again under its own numbers and day; one that was
    reversed makes room for a new one.
    """
    insurance, medication = facts.insurance, facts.medication
    claim = _blank(order, before, facts, clock=clock)
    missing = missing_facts(facts.script, insurance, medication, is_cash=facts.billing.is_cash)
    if missing or medication is None:
        return claim.model_copy(update={"status": "rejected", "reject_codes": missing})
    if facts.billing.is_cash:
        price = Money(amount_minor=usual_price(facts.script, medication))
        return claim.model_copy(update={"status": "cash", "patient_pay": price})
    if insurance is None:
        raise AssertionError("missing_facts has said so")
    claim = claim.model_copy(update={"is_followed": facts.secondary is not None})
    return written(claim, fill_of(claim, facts, insurance, medication))


def fill_of(claim: Claim, facts: Facts, insurance: Insurance, medication: Medication) -> Fill:
    """What goes into the claim's bytes; the numbers are the claim's own."""
    served_on = datetime.strptime(claim.date_of_service, "%Y%m%d").date()  # noqa: DTZ007 - no zone
    known = facts.billing.authorization
    authorization = known.as_of(served_on) if known else None
    is_approved = authorization is not None and authorization.status == "approved"
    return Fill(
        rx_number=claim.rx_number,
        fill_number=claim.fill_number,
        date_of_service=claim.date_of_service,
        script=facts.script,
        insurance=insurance,
        pharmacy=facts.pharmacy,
        medication=medication,
        replies=facts.billing.replies,
        authorization=authorization.number if authorization and is_approved else "",
    )


def written(claim: Claim, fill: Fill) -> Claim:
    """The claim with its bytes; what D.0 has no room for is a reject of our own."""
    try:
        request = billing(fill)
    except ncpdp.InvalidValue:
        return claim.model_copy(update={"status": "rejected", "reject_codes": (UNBILLABLE,)})
    return claim.model_copy(update={"request": base64.b64encode(request).decode()})


def script_of(order: Order, orders: Orders) -> NewRx:
    """The prescription's message; `Conflict` when it is none."""
    script = orders.document(order.id, Script)
    message = ncpdp.from_json(script.message, complete=False) if script else None
    if not isinstance(message, ScriptMessage) or not isinstance(message.body, NewRx):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    return message.body


def _blank(order: Order, before: Claim | None, facts: Facts, *, clock: Clock) -> Claim:
    again = before if before and before.status == "rejected" else None
    insurance = facts.insurance
    return Claim(
        key=PRIMARY,
        version=before.version if before else 0,
        claim_id=again.claim_id if again else new_id("clm", clock=clock),
        status="submitted",
        rx_number=rx_number_of(order.id),
        date_of_service=again.date_of_service
        if again
        else day_of_service(facts.pharmacy, clock.now()),
        bin=insurance.bin if insurance else "",
        pcn=insurance.pcn if insurance else "",
        was_disputed=again.was_disputed if again else False,
        exchanges=before.exchanges if before else (),
    )


def _medication(order: Order, orders: Orders, directory: Directory) -> Medication | None:
    """The product that validation, or a pharmacist, settled on."""
    facts = orders.document(order.id, Validation)
    return directory.medication(facts.ndc) if facts and facts.ndc else None


def _pharmacy(order: Order, directory: Directory) -> Pharmacy:
    pharmacy = directory.pharmacy(order.pharmacy_id) if order.pharmacy_id else None
    if pharmacy is None:
        raise Conflict("pharmacy.unknown", "The selected pharmacy is not in the directory.")
    return pharmacy
