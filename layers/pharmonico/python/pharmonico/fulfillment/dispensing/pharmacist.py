"""Commands of the pharmacist whose pharmacy was chosen: dispense, put in another product, refuse.

All are one write on the revision that was decided upon. What was billed is what is dispensed:
another package of the same drug goes back to billing first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import DispenseRefused, PrescriptionDispensed
from pharmonico.fulfillment.adjudication.papers import marked
from pharmonico.fulfillment.dispensing.papers import Dispensing, Refusal
from pharmonico.fulfillment.dispensing.stage import quantity_of
from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.dates import last_day, limit_of
from pharmonico.kit.errors import Conflict, FieldError, Forbidden, Invalid

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.directory import Directory, Medication
    from pharmonico.fulfillment.dispensing.papers import Counselling
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock

REASONS = frozenset(
    {"out_of_stock", "clinical", "not_contracted", "patient_request", "suspected_fraud", "other"}
)
AS_WRITTEN = "1"


@dataclass(frozen=True, slots=True)
class Fill:
    """What is about to be handed out."""

    ndc: str
    quantity: Decimal
    lot: str
    expires_on: date
    counselling: Counselling
    rems_authorization: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """The pharmacist and what they work with; `pharmacies` are those they belong to."""

    actor: Actor
    pharmacies: frozenset[str]
    orders: Orders
    directory: Directory
    machine: Machine
    clock: Clock


def dispense(order_id: str, fill: Fill, *, expected_revision: int, counter: Counter) -> Order:
    """Hand it out, in whole or in part; the machine goes on to shipping.

    `Invalid` for what may not leave the shelf, `Conflict` when another product was billed, and when
    the prescription has grown too old while it waited.
    """
    order = _at_counter(order_id, expected_revision, counter)
    order.expect_no_hold()
    facts = counter.orders.document(order.id, Validation)
    billed = facts.ndc if facts else None
    if billed is not None and fill.ndc != billed:
        raise Conflict(
            "dispensing.other_product", "Another product was billed: put this one in first."
        )
    script = counter.orders.document(order.id, Script)
    _check_term(order, script, facts, counter)
    prescribed = _prescribed(script)
    _check(fill, prescribed, billed, counter)
    is_partial = prescribed is not None and fill.quantity < prescribed
    paper = Dispensing(
        dispensed_ndc=fill.ndc,
        quantity=f"{fill.quantity:f}",
        remaining=f"{prescribed - fill.quantity:f}" if prescribed and is_partial else None,
        lot=fill.lot,
        expires_on=fill.expires_on,
        counselling=fill.counselling,
        rems_authorization=fill.rems_authorization,
        note=fill.note,
        verified_by=counter.actor.id,
        automatic=False,
        dispensed_at=counter.clock.now(),
    )
    after = order.moved(Status.DISPENSED, at=counter.clock.now())
    event = record(
        PrescriptionDispensed, after, before=order, clock=counter.clock, actor=counter.actor
    )
    return counter.orders.save(after, events=[event], documents=[paper])


def substitute(order_id: str, ndc: str, *, expected_revision: int, counter: Counter) -> Order:
    """Put another package of the same drug in; the claim is taken back and billed anew for it.

    `Conflict` for a prescription to be dispensed as written and for a controlled substance.
    """
    order = _at_counter(order_id, expected_revision, counter)
    facts = counter.orders.document(order.id, Validation)
    known = counter.directory.medication(facts.ndc) if facts and facts.ndc else None
    other = counter.directory.medication(ndc)
    if facts is None or known is None or other is None or not _is_equivalent(known, other):
        error = FieldError("/ndc", "product.not_equivalent", "Not the same drug, strength, form.")
        raise Invalid("dispensing.not_equivalent", "This product cannot stand in.", (error,))
    if known.dea_schedule or other.dea_schedule:
        raise Conflict("dispensing.controlled", "A controlled product needs a new message.")
    if _as_written(order, counter) and known.name != other.name:
        raise Conflict("dispensing.as_written", "The prescriber wants it dispensed as written.")
    product = facts.model_copy(update={"ndc": other.ndc11})
    moved = order.moved(Status.PHARMACY_SELECTED, at=counter.clock.now())
    after, event = resume(moved, actor=counter.actor, clock=counter.clock)
    papers = [product, *marked(order.id, orders=counter.orders)]
    saved = counter.orders.save(after, events=[event], documents=papers)
    _end_wait(order, counter)
    return saved


def refuse(
    order_id: str, *, reason: str, note: str, expected_revision: int, counter: Counter
) -> Order:
    """Do not dispense: the claim is taken back and the prescription routed again."""
    order = _at_counter(order_id, expected_revision, counter)
    words = note.strip()
    if reason not in REASONS or not words:
        error = FieldError("/reason", "refusal.reason", f"One of {', '.join(sorted(REASONS))}.")
        raise Invalid("dispensing.refusal_incomplete", "A refusal needs a reason.", (error,))
    now = counter.clock.now()
    refusal = Refusal(
        key=f"{now:%Y%m%dT%H%M%S.%f}",
        pharmacy_id=order.pharmacy_id or "",
        reason=reason,
        note=words,
        by=counter.actor.id,
        at=now,
    )
    moved = order.moved(Status.AWAITING_ROUTING, at=now, pharmacy_id=None)
    told = record(
        DispenseRefused,
        moved,
        before=order,
        clock=counter.clock,
        actor=counter.actor,
        reason=reason,
    )
    after, resumption = resume(moved, actor=counter.actor, clock=counter.clock)
    papers = [refusal, *marked(order.id, orders=counter.orders)]
    saved = counter.orders.save(after, events=[told, resumption], documents=papers)
    _end_wait(order, counter)
    return saved


def _at_counter(order_id: str, expected_revision: int, counter: Counter) -> Order:
    order = counter.orders.get(order_id)
    if order.pharmacy_id not in counter.pharmacies:
        raise Forbidden("dispensing.other_pharmacy", "Another pharmacy was chosen for this one.")
    order.expect(expected_revision)
    if order.status is not Status.AWAITING_DISPENSE:
        raise Conflict("dispensing.not_awaited", f"It is {order.status}, not to be dispensed now.")
    return order


def _check(fill: Fill, prescribed: Decimal | None, billed: str | None, counter: Counter) -> None:
    errors = []
    if fill.quantity <= 0 or (prescribed is not None and fill.quantity > prescribed):
        words = f"More than nothing, and at most the {prescribed} prescribed."
        errors.append(FieldError("/quantity", "quantity.out_of_range", words))
    if fill.expires_on <= counter.clock.now().date():
        errors.append(FieldError("/expires_on", "product.expired", "This lot has expired."))
    medication = counter.directory.medication(billed or fill.ndc)
    if medication is None:
        errors.append(FieldError("/ndc", "product.unknown", "Not in the catalogue."))
    elif medication.rems and not fill.rems_authorization:
        words = f"{medication.rems} wants its authorization."
        errors.append(FieldError("/rems_authorization", "rems.missing", words))
    if errors:
        raise Invalid("dispensing.invalid", "This cannot be dispensed.", tuple(errors))


def _is_equivalent(known: Medication, other: Medication) -> bool:
    """The same drug in the same strength and form, whoever makes it."""

    def essence(one: Medication) -> tuple[str, str, str]:
        return one.generic.casefold(), one.strength.casefold(), one.dosage_form.casefold()

    return essence(known) == essence(other)


def _as_written(order: Order, counter: Counter) -> bool:
    script = counter.orders.document(order.id, Script)
    medication = script.message.get("medication", {}) if script else {}
    return str(medication.get("substitutions", "")) == AS_WRITTEN


def _check_term(
    order: Order, script: Script | None, facts: Validation | None, counter: Counter
) -> None:
    """Validation's limit by the written date, held to the pharmacy's own day of dispensing."""
    medication = script.message.get("medication", {}) if script else {}
    try:
        written = date.fromisoformat(str(medication.get("written_date", ""))[:10])
    except ValueError:
        return  # validation has held it for that, and somebody has answered for it
    last = last_day(written, limit_of(facts.dea_schedule if facts else None))
    pharmacy = counter.directory.pharmacy(order.pharmacy_id or "")
    now = counter.clock.now()
    if (pharmacy.hours.local(now) if pharmacy else now).date() > last:
        raise Conflict(
            "dispensing.too_old", f"It could be filled until {last.isoformat()}: ask for a new one."
        )


def _prescribed(script: Script | None) -> Decimal | None:
    text = quantity_of(script)
    return Decimal(text) if text else None


def _end_wait(order: Order, counter: Counter) -> None:
    """The execution that waited is superseded; without this it would wait for its timeout."""
    if order.wait is not None:
        counter.machine.fail(order.wait.token, "Superseded", "the pharmacist decided otherwise")
