"""What staff do to a prescription: each is one conditional write on the version they read."""

from collections.abc import Callable
from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment import cancellation
from pharmonico.fulfillment.desk.notes import a_note
from pharmonico.fulfillment.machine import failing, reopening
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.reading import Progress, progress
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.ops_api.api import TAG, api, audited, shelf, within_reach

GUARDED = {"idempotent": True, "if_match": True, "status": 202, "tag": TAG}
_ID = "/api/v1/prescriptions/<prescription_id>"


class Cancellation(BaseModel):
    """Why, as a code; texts about patients belong into notes, not into events."""

    reason: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")] = "ops"


class Release(BaseModel):
    """What was decided about the hold; `ndc` names the product where the message left it open."""

    note: Annotated[str, Field(min_length=3, max_length=1000)]
    ndc: Annotated[str | None, Field(pattern=r"^\d{11}$")] = None


@api.post(f"{_ID}/cancel", Action.CANCEL_PRESCRIPTION, **GUARDED)
def cancel_prescription(prescription_id: str, command: Annotated[Cancellation, Body()]) -> Progress:
    """Cancel before dispatch; claim, payment and label are undone afterwards."""
    call = api.call
    return done(
        "cancel",
        prescription_id,
        lambda: cancellation.cancel(
            prescription_id,
            reason=command.reason,
            actor=call.actor,
            orders=aws.orders(),
            clock=aws.CLOCK,
            expected_revision=call.expected_revision,
        ),
    )


@api.post(f"{_ID}/redrive", Action.REDRIVE_PRESCRIPTION, **GUARDED)
def redrive_prescription(prescription_id: str) -> Progress:
    """Start again at the stage that failed."""
    call = api.call
    return done(
        "redrive",
        prescription_id,
        lambda: failing.redrive(
            prescription_id,
            expected_revision=call.expected_revision,
            actor=call.actor,
            orders=aws.orders(),
            clock=aws.CLOCK,
        ),
    )


@api.post(f"{_ID}/release", Action.RELEASE_PRESCRIPTION, **GUARDED)
def release_prescription(prescription_id: str, command: Annotated[Release, Body()]) -> Progress:
    """Take a prescription on hold up again; a validation issue needs the right to override."""
    call = api.call
    note = a_note(command.note, actor=call.actor, clock=aws.CLOCK, about="release")

    def take_up() -> Order:
        order = aws.orders().get(prescription_id)
        if order.status is not Status.VALIDATION_ISSUE:
            return reopening.reopen(
                order.id,
                expected_revision=call.expected_revision,
                actor=call.actor,
                orders=aws.orders(),
                clock=aws.CLOCK,
                note=note,
            )
        from pharmonico.fulfillment.validation.release import (  # noqa: PLC0415 - brings the codec, 50 ms
            release,
        )

        return release(
            order.id,
            expected_revision=call.expected_revision,
            actor=call.actor,
            note=command.note,
            product=aws.directory().medication(command.ndc) if command.ndc else None,
            shelf=shelf(),
        )

    return done("release", prescription_id, take_up)


def done(action: str, prescription_id: str, move: Callable[[], Order]) -> Progress:
    """Make the move and answer how it stands, with its new ETag; a refusal is audited as well.

    No patient is named: the answer is kept for a repeat, outside the record store.
    """
    within_reach(prescription_id)
    try:
        order = on_conflict(move)
    except Rejected as refusal:
        audited(action, prescription_id, outcome=refusal.code)
        raise
    audited(action, prescription_id)
    api.call.etag(order.revision)
    return progress(order)
