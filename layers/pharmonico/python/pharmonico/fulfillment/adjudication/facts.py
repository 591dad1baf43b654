"""Gathering what a claim is made of, and writing the claim down before it is sent."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.fulfillment.adjudication.claims import (
    Fill,
    billing,
    day_of_service,
    missing_facts,
    rx_number_of,
)
from pharmonico.fulfillment.documents import Claim, Enrollment, Script, Validation
from pharmonico.kit.errors import Conflict
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory, Medication, Pharmacy
    from pharmonico.fulfillment.documents import Insurance
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

UNBILLABLE = "local.unbillable"


def prepare(
    order: Order,
    before: Claim | None,
    *,
    orders: Orders,
    directory: Directory,
    clock: Clock,
) -> Claim:
    """A claim to be sent, or one that our own edits reject: no payer is asked what we know.

    A claim that was rejected is billed again under its own numbers and day; one that was
    reversed makes room for a new one.
    """
    script = script_of(order, orders)
    insurance = _insurance(order, orders)
    medication = _medication(order, orders, directory)
    pharmacy = _pharmacy(order, directory)
    again = before if before and before.status == "rejected" else None
    claim = Claim(
        version=before.version if before else 0,
        claim_id=again.claim_id if again else new_id("clm", clock=clock),
        status="submitted",
        rx_number=rx_number_of(order.id),
        date_of_service=again.date_of_service if again else day_of_service(pharmacy, clock.now()),
        bin=insurance.bin if insurance else "",
        pcn=insurance.pcn if insurance else "",
        exchanges=before.exchanges if before else (),
    )
    missing = missing_facts(script, insurance, medication)
    if missing or insurance is None or medication is None:
        return claim.model_copy(update={"status": "rejected", "reject_codes": missing})
    fill = Fill(
        rx_number=claim.rx_number,
        fill_number=claim.fill_number,
        date_of_service=claim.date_of_service,
        script=script,
        insurance=insurance,
        pharmacy=pharmacy,
        medication=medication,
    )
    return _written(claim, fill)


def _written(claim: Claim, fill: Fill) -> Claim:
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


def _insurance(order: Order, orders: Orders) -> Insurance | None:
    enrollment = orders.document(order.id, Enrollment)
    return enrollment.insurance if enrollment else None


def _medication(order: Order, orders: Orders, directory: Directory) -> Medication | None:
    """The product that validation, or a pharmacist, settled on."""
    facts = orders.document(order.id, Validation)
    return directory.medication(facts.ndc) if facts and facts.ndc else None


def _pharmacy(order: Order, directory: Directory) -> Pharmacy:
    pharmacy = directory.pharmacy(order.pharmacy_id) if order.pharmacy_id else None
    if pharmacy is None:
        raise Conflict("pharmacy.unknown", "The selected pharmacy is not in the directory.")
    return pharmacy
