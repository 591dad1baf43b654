"""`…/{id}/notes`, `…/{id}/assignment`, `…/{id}/hold`: what people arrange among themselves."""

from datetime import datetime
from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.desk import holds, notes
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.reading import Progress
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.ops_api.api import TAG, api, audited, within_reach
from functions.ops_api.moves import GUARDED, done

_ID = "/api/v1/prescriptions/<prescription_id>"
Text = Annotated[str, Field(min_length=1, max_length=2000)]


class NoteText(BaseModel):
    """A note for whoever works on the prescription."""

    text: Text


class NoteAdded(BaseModel):
    """The note is kept; its text is read with the prescription."""

    note_id: str
    by: str
    at: datetime


class Assignment(BaseModel):
    """Who works on it from now on, null for nobody; `taken_from` is who has it now."""

    assignee: Annotated[str | None, Field(min_length=1, max_length=64)]
    taken_from: Annotated[str | None, Field(max_length=64)] = None


class Assigned(BaseModel):
    """Who works on it now."""

    prescription_id: str
    assignee: str | None


class HoldUp(BaseModel):
    """Why it stops: a code for lists, and words for people."""

    reason: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")] = "ops"
    note: Annotated[str, Field(min_length=3, max_length=1000)]


class LetGo(BaseModel):
    """Why it goes on."""

    note: Annotated[str, Field(min_length=3, max_length=1000)]


@api.post(f"{_ID}/notes", Action.WRITE_NOTE, idempotent=True, status=201, tag=TAG)
def add_note(prescription_id: str, command: Annotated[NoteText, Body()]) -> NoteAdded:
    """Write a note on the prescription."""
    within_reach(prescription_id)
    note = notes.add_note(
        prescription_id,
        command.text,
        actor=api.call.actor,
        orders=aws.orders(),
        clock=aws.CLOCK,
    )
    audited("note_added", prescription_id, note=note.key)
    return NoteAdded(note_id=note.key, by=note.by, at=note.at)


@api.post(f"{_ID}/assignment", Action.ASSIGN_PRESCRIPTION, idempotent=True, tag=TAG)
def assign_prescription(prescription_id: str, command: Annotated[Assignment, Body()]) -> Assigned:
    """Give it to somebody; of two who take it at once, the second gets 409."""
    within_reach(prescription_id)

    def give() -> Order:
        return notes.assign(
            prescription_id,
            command.assignee,
            taken_from=command.taken_from,
            orders=aws.orders(),
            clock=aws.CLOCK,
        )

    try:
        order = on_conflict(give)
    except Rejected as refusal:
        audited("assign", prescription_id, outcome=refusal.code)
        raise
    audited("assign", prescription_id, assignee=order.assignee or "")
    return Assigned(prescription_id=order.id, assignee=order.assignee)


@api.post(f"{_ID}/hold", Action.HOLD_PRESCRIPTION, **GUARDED)
def hold_prescription(prescription_id: str, command: Annotated[HoldUp, Body()]) -> Progress:
    """Stop it at the next stage, at any moment before its end."""
    call = api.call
    note = notes.a_note(command.note, actor=call.actor, clock=aws.CLOCK, about="hold")
    return done(
        "hold",
        prescription_id,
        lambda: holds.hold(
            prescription_id,
            reason=command.reason,
            note=note,
            expected_revision=call.expected_revision,
            actor=call.actor,
            orders=aws.orders(),
            clock=aws.CLOCK,
        ),
    )


@api.post(f"{_ID}/hold/release", Action.HOLD_PRESCRIPTION, **GUARDED)
def let_go_prescription(prescription_id: str, command: Annotated[LetGo, Body()]) -> Progress:
    """Let it go on where it was stopped."""
    call = api.call
    note = notes.a_note(command.note, actor=call.actor, clock=aws.CLOCK, about="let_go")
    return done(
        "let_go",
        prescription_id,
        lambda: holds.let_go(
            prescription_id,
            note=note,
            expected_revision=call.expected_revision,
            actor=call.actor,
            orders=aws.orders(),
            clock=aws.CLOCK,
        ),
    )
