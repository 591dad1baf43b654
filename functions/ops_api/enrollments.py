"""`POST /api/enrollment/start`: invite the patient, or send a fresh link."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.enroll import start_enrollment
from pharmonico.fulfillment.enrollment.patient import Contact
from pharmonico.fulfillment.reading import Progress, progress
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.ops_api.api import api, audited, within_reach


class Invite(BaseModel):
    """Whom to invite; a contact given here is used instead of the one in the message."""

    prescription_id: Annotated[str, Field(pattern=r"^rx_[0-9A-Z]{26}$")]
    contact: Contact | None = None


@api.post(
    "/api/v1/enrollments",
    Action.START_ENROLLMENT,
    also="/api/enrollment/start",
    idempotent=True,
    status=202,
    tag="enrollment",
)
def start(command: Annotated[Invite, Body()]) -> Progress:
    """Start the enrollment: the patient gets a link that lives for 30 minutes.

    Calling it again with a new Idempotency-Key sends a fresh link and kills the old one.
    """
    within_reach(command.prescription_id)
    try:
        order = start_enrollment(
            command.prescription_id,
            actor=api.call.actor,
            orders=aws.orders(),
            tokens=aws.tokens(),
            clock=aws.CLOCK,
            contact=command.contact,
        )
    except Rejected as refusal:
        audited("start_enrollment", command.prescription_id, outcome=refusal.code)
        raise
    audited("start_enrollment", order.id)
    api.call.answer_headers["Location"] = f"/api/v1/prescriptions/{order.id}"
    return progress(order)
