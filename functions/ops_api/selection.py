"""`POST /api/v1/prescriptions/{id}/pharmacy`: choose the pharmacy, ranked or by override."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.reading import Progress
from pharmonico.fulfillment.routing.selection import select_pharmacy
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.ops_api.api import api
from functions.ops_api.moves import GUARDED, done


class Selection(BaseModel):
    """The chosen pharmacy; one that is not ranked needs a reason code and a note."""

    pharmacy_id: Annotated[str, Field(min_length=1, max_length=64)]
    override_reason: Annotated[str | None, Field(max_length=40)] = None
    override_note: Annotated[str | None, Field(max_length=1000)] = None


@api.post("/api/v1/prescriptions/<prescription_id>/pharmacy", Action.SELECT_PHARMACY, **GUARDED)
def choose_pharmacy(prescription_id: str, command: Annotated[Selection, Body()]) -> Progress:
    """Choose the pharmacy; of two clerks who choose at once, one gets 412."""
    call = api.call
    return done(
        "select_pharmacy",
        prescription_id,
        lambda: select_pharmacy(
            prescription_id,
            command.pharmacy_id,
            actor=call.actor,
            expected_revision=call.expected_revision,
            override_reason=command.override_reason,
            override_note=command.override_note,
            directory=aws.directory(),
            orders=aws.orders(),
            clock=aws.CLOCK,
        ),
    )
