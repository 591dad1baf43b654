"""`POST …/enrollment/ask`: a patient who is enrolling is asked for one thing."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.asking import What, ask_patient
from pharmonico.fulfillment.reading import Progress, progress
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, ConfigDict

from functions.ops_api.api import api, audited, within_reach
from functions.ops_api.enrollments import ENROLLMENT


class Question(BaseModel):
    """The insurance to be checked, or a picture of the card."""

    model_config = ConfigDict(extra="forbid")

    what: What


@api.post(
    f"{ENROLLMENT}/ask", Action.START_ENROLLMENT, idempotent=True, status=202, tag="enrollment"
)
def ask(prescription_id: str, question: Annotated[Question, Body()]) -> Progress:
    """Send the patient a message with a new link; the one before opens no more."""
    within_reach(prescription_id)
    order = ask_patient(
        prescription_id,
        question.what,
        actor=api.call.actor,
        orders=aws.orders(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
    audited("patient_asked", prescription_id, what=question.what)
    return progress(order)
