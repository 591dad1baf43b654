"""Command: ops put identifiers, demographics and contacts right; then every rule runs again.

The message's own bytes stay as they came; its readable form carries the correction, so that every
later stage reads what was put right. Who may change what: domain rules of validation.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.events.fulfillment import PrescriptionCorrected, PrescriptionValidated
from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.intake.letters import patient_id
from pharmonico.fulfillment.intake.receive import summary_of
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.patients.history import person_of
from pharmonico.fulfillment.patients.matching import bucket_of
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.examining import Examined, examine
from pharmonico.fulfillment.validation.papers import (
    CHANGES_MAX,
    CORRECTIONS_MAX,
    Corrected,
    Correction,
)
from pharmonico.fulfillment.validation.stage import holding
from pharmonico.kit.errors import Conflict, FieldError, Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientPaper
    from pharmonico.fulfillment.validation.examining import Shelf
    from pharmonico.fulfillment.validation.papers import Change

    Form = dict[str, Any]

SIGNED = ("patient.name.", "prescriber.dea_number")
"""What a prescriber has signed for a controlled substance stays as it was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, by whom and why."""

    changes: Sequence[Change]
    note: str
    actor: Actor
    expected_revision: int | None = None


def correct(order_id: str, wish: Wish, *, shelf: Shelf, patient_key: str) -> Order:
    """Put the fields right and examine again: it goes on, or stays held by what is left.

    `Invalid` for changes that change nothing or make no message, `Conflict` for a prescription
    that is not held and for what was signed with a controlled substance.
    """
    orders, clock = shelf.orders, shelf.clock
    order = orders.get(order_id)
    order.expect(wish.expected_revision)
    script, validation = orders.document(order_id, Script), orders.document(order_id, Validation)
    if order.status is not Status.VALIDATION_ISSUE or script is None or validation is None:
        raise Conflict("correction.not_held", "The prescription is not held by a finding.")
    _check(wish, is_controlled=validation.dea_schedule is not None)
    form, changes = _applied(script.message, wish.changes)
    body = _body(form)
    script = script.model_copy(
        update={"message": form, "bucket": bucket_of(person_of(body), key=patient_key)}
    )
    named = order.changed(
        at=clock.now(),
        summary=summary_of(body),
        patient_id=patient_id(body, sender=order.origin.sender, key=patient_key),
    )
    examined = examine(named, shelf=shelf, script=script, known=validation)
    paper = Correction(
        key=_next_key(order_id, shelf),
        changes=changes,
        note=wish.note.strip(),
        by=wish.actor.id,
        role=wish.actor.role,
        at=clock.now(),
        codes_before=holding(validation.findings),
        codes_after=holding(examined.validation.findings),
    )
    whole = Examined(
        examined.validation, [*examined.papers, *_left_behind(order, named, shelf=shelf)]
    )
    return _save(named, order, whole, (script, paper), actor=wish.actor, shelf=shelf)


def _check(wish: Wish, *, is_controlled: bool) -> None:
    if not wish.note.strip():
        error = FieldError("/note", "note.required", "Say why, in a few words.")
        raise Invalid("correction.note_required", "A correction needs a note.", (error,))
    fields = [change.field for change in wish.changes]
    if not 0 < len(fields) <= CHANGES_MAX or len(set(fields)) < len(fields):
        error = FieldError("/changes", "changes.count", f"1 to {CHANGES_MAX}, each field once.")
        raise Invalid("correction.changes", "The changes cannot be made.", (error,))
    if is_controlled and any(field.startswith(SIGNED) for field in fields):
        raise Conflict(
            "correction.signed",
            "On a controlled substance the patient's name and the DEA number stay as signed.",
        )


def _applied(form: Form, changes: Sequence[Change]) -> tuple[Form, tuple[Corrected, ...]]:
    """A changed copy, and what was there before; `Invalid` where nothing would change."""
    after = copy.deepcopy(form)
    made = []
    for number, change in enumerate(changes):
        *steps, last = change.field.split(".")
        place = after
        for step in steps:
            place = place.setdefault(step, {})
        before, value = place.get(last), change.value.strip() or None
        if before == value:
            error = FieldError(f"/changes/{number}", "change.none", "It stands there already.")
            raise Invalid("correction.changes", "The changes cannot be made.", (error,))
        place[last] = value
        if value is None:
            del place[last]
        made.append(Corrected(field=change.field, before=before, after=value))
    return after, tuple(made)


def _body(form: Form) -> NewRx:
    message = ncpdp.from_json(form, complete=False)
    if not isinstance(message, ScriptMessage) or not isinstance(message.body, NewRx):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    return message.body


def _next_key(order_id: str, shelf: Shelf) -> str:
    count = len(shelf.orders.documents(order_id, Correction))
    if count >= CORRECTIONS_MAX:
        raise Conflict("correction.too_many", "It has been corrected too often.")
    return f"{count + 1:02d}"


def _left_behind(before: Order, after: Order, *, shelf: Shelf) -> list[PatientPaper]:
    """The record of whom it was taken for forgets this prescription."""
    if before.patient_id == after.patient_id:
        return []
    known = shelf.patients.record(before.patient_id)
    return [known.forgetting(before.id)] if known else []


def _save(
    named: Order,
    before: Order,
    examined: Examined,
    documents: tuple[Script, Correction],
    *,
    actor: Actor,
    shelf: Shelf,
) -> Order:
    held, papers = holding(examined.validation.findings), examined.papers
    kept = [*documents, examined.validation]
    if held:
        still = named.model_copy(update={"hold_reason": held[0], "revision": before.revision + 1})
        corrected = record(
            PrescriptionCorrected, still, before=before, clock=shelf.clock, actor=actor
        )
        return shelf.orders.save(still, events=[corrected], documents=kept, papers=papers)
    moved = named.moved(Status.VALIDATED, at=shelf.clock.now(), hold_reason=None)
    validated = record(PrescriptionValidated, moved, before=before, clock=shelf.clock, actor=actor)
    resumed, resumption = resume(moved, actor=actor, clock=shelf.clock)
    return shelf.orders.save(resumed, events=[validated, resumption], documents=kept, papers=papers)
