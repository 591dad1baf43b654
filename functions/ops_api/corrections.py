"""`/api/v1/prescriptions/{id}/corrections`: ops put right what no drug hangs on."""

from typing import Annotated

from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.reading import Progress
from pharmonico.fulfillment.validation.papers import CHANGES_MAX, Change
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.ops_api.api import api, shelf
from functions.ops_api.moves import GUARDED, done


class Corrections(BaseModel):
    """What is put right, and why; an empty value takes the field out."""

    note: Annotated[str, Field(min_length=3, max_length=1000)]
    changes: Annotated[list[Change], Field(min_length=1, max_length=CHANGES_MAX)]


@api.post(
    "/api/v1/prescriptions/<prescription_id>/corrections",
    Action.CORRECT_PRESCRIPTION,
    **GUARDED,
)
def correct_prescription(prescription_id: str, command: Annotated[Corrections, Body()]) -> Progress:
    """Correct identifiers, demographics or contacts of a held prescription; the rules run again.

    The original stays beside the correction. What is left of the findings holds it still.
    """
    call = api.call

    def put_right() -> Order:
        from pharmonico.fulfillment.validation.corrections import (  # noqa: PLC0415 - brings the codec
            Wish,
            correct,
        )

        wish = Wish(
            changes=command.changes,
            note=command.note,
            actor=call.actor,
            expected_revision=call.expected_revision,
        )
        return correct(prescription_id, wish, shelf=shelf(), patient_key=secrets().signing_key)

    return done("correct", prescription_id, put_right)
