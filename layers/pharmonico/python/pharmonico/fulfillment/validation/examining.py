"""Examining a stored prescription: its message, its product, its patient's history, the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import ncpdp
from ncpdp.script import Medication as Drug
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.errors import OrderNotFound
from pharmonico.fulfillment.patients import keeping
from pharmonico.fulfillment.patients.history import (
    allergies_of,
    history_of,
    last_day_of,
    person_of,
)
from pharmonico.fulfillment.patients.holders import is_somebody_else, noted
from pharmonico.fulfillment.patients.papers import PriorMedication
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.catalog import product_of
from pharmonico.fulfillment.validation.clinical import CLINICAL_RULES
from pharmonico.fulfillment.validation.drug import drug_of
from pharmonico.fulfillment.validation.rules import RULES, Case, findings_of
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.documents import Finding
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import Holder, PatientPaper, PatientRecord, Person
    from pharmonico.fulfillment.patients.ports import Patients
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.validation.catalog import Product
    from pharmonico.kit.clock import Clock

JSON_DOOR = "json"
NOT_TAKEN = frozenset({Status.CANCELLED, Status.RETURNED})
"""A prescription that came here gives the patient nothing to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What an examination reads from."""

    orders: Orders
    patients: Patients
    directory: Directory
    clock: Clock


class Examined(NamedTuple):
    """The findings, and what the patients' papers gain by this prescription."""

    validation: Validation
    papers: list[PatientPaper]


def examine(
    order: Order,
    *,
    shelf: Shelf,
    script: Script | None = None,
    known: Validation | None = None,
    chosen: Product | None = None,
) -> Examined:
    """The rules' findings on the stored message (or on `script`), and the product it means.

    `known` is the validation there was before, `chosen` the product a pharmacist has named.
    """
    script = script or shelf.orders.document(order.id, Script)
    if script is None:
        raise Conflict("script.missing", "The prescription has no message.")
    case = _case(order, message_of(script), chosen, shelf=shelf)
    person = person_of(case.body)
    patient = shelf.patients.record(order.patient_id) if person.is_known else None
    holder = _holder(script, person, shelf=shelf)
    case = replace(
        case,
        history=history_of(patient, order=order, patients=shelf.patients),
        is_somebody_else=is_somebody_else(holder, person, order_id=order.id),
    )
    findings = _current(case, orders=shelf.orders)
    if known is None and order.run > 1:
        known = shelf.orders.document(order.id, Validation)
    product = case.product.medication
    validation = Validation(
        findings=findings,
        checked_at=shelf.clock.now(),
        ndc=product.ndc11 if product else None,
        dea_schedule=case.schedule,
        overrides=known.overrides if known else (),
        version=known.version if known else 0,
    )
    papers = _papers(order, case, patient, script, shelf=shelf) if person.is_known else []
    if script.holder and person.is_known and not case.is_somebody_else:
        papers += _held(holder, script.holder, person, order)
    return Examined(validation, papers)


def accepted(order: Order, *, shelf: Shelf) -> list[PatientPaper]:
    """What is written when a person says that the record number is this patient's all the same."""
    script = shelf.orders.document(order.id, Script)
    body = message_of(script).body if script else None
    if script is None or script.holder is None or not isinstance(body, NewRx):
        return []
    person = person_of(body)
    return _held(_holder(script, person, shelf=shelf), script.holder, person, order)


def _holder(script: Script, person: Person, *, shelf: Shelf) -> Holder | None:
    return shelf.patients.holder(script.holder) if script.holder and person.is_known else None


def _held(holder: Holder | None, number: str, person: Person, order: Order) -> list[PatientPaper]:
    known = noted(holder, number, person, order_id=order.id)
    return [known] if known else []


def message_of(script: Script) -> ScriptMessage:
    """The stored message, read again."""
    message = ncpdp.from_json(script.message, complete=False)
    if not isinstance(message, ScriptMessage):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    return message


def _case(order: Order, message: ScriptMessage, chosen: Product | None, *, shelf: Shelf) -> Case:
    body = message.body
    if not isinstance(body, NewRx):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    drug = body.medication or Drug()
    product = chosen or product_of(drug.ndc, directory=shelf.directory)
    return Case(
        message=message,
        body=body,
        drug=drug,
        product=product,
        signed=message.header.is_signed and order.origin.format != JSON_DOOR,
        today=shelf.clock.now().date(),
        screened=drug_of(drug, product),
    )


def _current(case: Case, *, orders: Orders) -> tuple[Finding, ...]:
    """The findings, without earlier prescriptions that came to nothing: only those are looked up
    that a finding rests on."""
    rules = (*RULES, *CLINICAL_RULES)
    findings = findings_of(case, rules)
    related = dict.fromkeys(one for finding in findings for one in finding.related)
    gone = {one for one in related if _came_to_nothing(one, orders=orders)}
    if not gone:
        return findings
    return findings_of(replace(case, history=case.history.without(gone)), rules)


def _came_to_nothing(order_id: str, *, orders: Orders) -> bool:
    try:
        return orders.get(order_id).status in NOT_TAKEN
    except OrderNotFound:
        return False


def _papers(
    order: Order, case: Case, known: PatientRecord | None, script: Script, *, shelf: Shelf
) -> list[PatientPaper]:
    """The record with this prescription in it; a new patient also takes a place among people."""
    person, now = person_of(case.body), shelf.clock.now()
    record = known or keeping.fresh(order, person)
    noted = record.noting(_prior(order, case), allergies_of(case.body, today=case.today), person)
    if known is not None or script.bucket is None:
        return [noted]
    listed = keeping.listing(order, person, bucket=script.bucket, at=now, patients=shelf.patients)
    return [noted, *listed]


def _prior(order: Order, case: Case) -> PriorMedication:
    drug, screened, prescriber = case.drug, case.screened, case.body.prescriber
    written = drug.written_on
    return PriorMedication(
        prescription_id=order.id,
        drug=screened.words,
        drug_key=screened.key,
        ingredients=screened.ingredients,
        is_systemic=screened.is_systemic,
        prescriber_npi=(prescriber and prescriber.npi) or "",
        written_on=written,
        ends_on=last_day_of(written or case.today, days=drug.days, refills=drug.refills),
    )
