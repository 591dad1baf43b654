"""`/api/v1/prescriptions/{id}/…`: what staff say to the prescriber.

Writing brings the codec (50 ms), so its modules are imported where a route needs them.
"""

from typing import TYPE_CHECKING, Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.fulfillment.correspondence import failed
from pharmonico.fulfillment.correspondence.papers import ReturnReason
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.reading import Progress
from pharmonico.lambdas.http import Action, Body, Path
from pydantic import BaseModel, Field

from functions.ops_api.api import api
from functions.ops_api.moves import GUARDED, done

if TYPE_CHECKING:
    from pharmonico.fulfillment.correspondence.requesting import Study

_ID = "/api/v1/prescriptions/<prescription_id>"
PRINTABLE = r"^[\x20-\x7e]*$"


class ChangeRequest(BaseModel):
    """What is asked: generic, therapeutic, prior authorization, drug use, clarification, out of
    stock, or the prescriber's authorization (which names by sub codes what it wants confirmed)."""

    code: Literal["G", "T", "P", "D", "S", "OS", "U"]
    text: Annotated[str, Field(min_length=3, max_length=260, pattern=PRINTABLE)]
    sub_codes: Annotated[list[Annotated[str, Field(pattern=r"^[A-Z]$")]], Field(max_length=5)] = []
    requested: Annotated[list[Annotated[str, Field(pattern=r"^\d{11}$")]], Field(max_length=9)] = []


class RenewalRequest(BaseModel):
    """How many refills the patient would like."""

    refills: Annotated[int, Field(ge=1, le=11)]


class Return(BaseModel):
    """Why it goes back, as a code and in words for the prescriber."""

    reason: ReturnReason
    text: Annotated[str, Field(min_length=3, max_length=70, pattern=PRINTABLE)]


@api.post(f"{_ID}/change-requests", Action.WRITE_TO_PRESCRIBER, **GUARDED)
def request_change(prescription_id: str, command: Annotated[ChangeRequest, Body()]) -> Progress:
    """Ask the prescriber for a change; an approved one is applied and validated anew.

    `requested` names products of the catalogue that we would like instead.
    """
    call = api.call

    def ask() -> Order:
        from pharmonico.fulfillment.correspondence.requesting import (  # noqa: PLC0415 - see above
            Question,
            ask_change,
        )

        question = Question(
            code=command.code,
            text=command.text,
            sub_codes=tuple(command.sub_codes),
            requested=tuple(command.requested),
        )
        return ask_change(
            prescription_id, question, expected_revision=call.expected_revision, study=_study()
        )

    return done("request_change", prescription_id, ask)


@api.post(f"{_ID}/renewal-requests", Action.WRITE_TO_PRESCRIBER, **GUARDED)
def request_renewal(prescription_id: str, command: Annotated[RenewalRequest, Body()]) -> Progress:
    """Ask for more refills of what was delivered; a yes becomes a prescription of its own."""
    call = api.call

    def ask() -> Order:
        from pharmonico.fulfillment.correspondence.renewing import (  # noqa: PLC0415 - see above
            ask_renewal,
        )

        return ask_renewal(
            prescription_id,
            refills=command.refills,
            expected_revision=call.expected_revision,
            study=_study(),
        )

    return done("request_renewal", prescription_id, ask)


@api.post(f"{_ID}/return", Action.WRITE_TO_PRESCRIBER, **GUARDED)
def return_prescription(prescription_id: str, command: Annotated[Return, Body()]) -> Progress:
    """Give a held prescription back: the prescriber is told by Error, and it is cancelled here."""
    call = api.call

    def give_back() -> Order:
        from pharmonico.fulfillment.correspondence import returning  # noqa: PLC0415 - see above

        return returning.give_back(
            prescription_id,
            reason=command.reason,
            text=command.text,
            expected_revision=call.expected_revision,
            study=_study(),
        )

    return done("return", prescription_id, give_back)


@api.post(f"{_ID}/letters/<message_id>/resend", Action.WRITE_TO_PRESCRIBER, **GUARDED)
def resend_letter(
    prescription_id: str,
    message_id: Annotated[str, Path(max_length=35, pattern=r"^[0-9A-Za-z-]+$")],
) -> Progress:
    """Have a letter that failed sent once more, after somebody has called or set the address."""

    def again() -> Order:
        return failed.resend(
            prescription_id,
            message_id,
            expected_revision=api.call.expected_revision,
            actor=api.call.actor,
            orders=aws.orders(),
            clock=aws.CLOCK,
        )

    return done("resend_letter", prescription_id, again)


def _study() -> "Study":
    from pharmonico.fulfillment.correspondence.requesting import Study  # noqa: PLC0415 - see above

    return Study(
        actor=api.call.actor, orders=aws.orders(), directory=aws.directory(), clock=aws.CLOCK
    )
