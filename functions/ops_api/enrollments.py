"""The enrollment from the staff's side: invite, take the invitation back, enter it by phone."""

from collections.abc import Callable
from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.by_phone import Told, enroll_by_phone
from pharmonico.fulfillment.enrollment.enroll import start_enrollment
from pharmonico.fulfillment.enrollment.patient import Contact
from pharmonico.fulfillment.enrollment.revoking import revoke
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.reading import Progress, progress
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.ops_api.api import api, audited, within_reach

ENROLLMENT = "/api/v1/prescriptions/<prescription_id>/enrollment"


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
    answer = _done(
        "start_enrollment",
        command.prescription_id,
        lambda: start_enrollment(
            command.prescription_id,
            actor=api.call.actor,
            orders=aws.orders(),
            tokens=aws.tokens(),
            clock=aws.CLOCK,
            contact=command.contact,
        ),
    )
    api.call.answer_headers["Location"] = f"/api/v1/prescriptions/{answer.id}"
    return answer


@api.post(f"{ENROLLMENT}/revoke", Action.START_ENROLLMENT, idempotent=True, tag="enrollment")
def take_back(prescription_id: str) -> Progress:
    """End the link that is out and the session that is open; what was saved stays.

    The patient gets no further before a new link is sent.
    """
    within_reach(prescription_id)
    return _done(
        "revoke_enrollment",
        prescription_id,
        lambda: revoke(prescription_id, orders=aws.orders(), tokens=aws.tokens(), clock=aws.CLOCK),
    )


@api.post(f"{ENROLLMENT}/by-phone", Action.ENTER_ENROLLMENT, idempotent=True, tag="enrollment")
def enter(prescription_id: str, told: Annotated[Told, Body()]) -> Progress:
    """Enter and submit what the patient says on the phone, the consents read out and agreed to.

    The record says who entered it and that the consent was given by word of mouth.
    """
    within_reach(prescription_id)
    return _done(
        "enroll_by_phone",
        prescription_id,
        lambda: enroll_by_phone(
            prescription_id,
            told,
            actor=api.call.actor,
            orders=aws.orders(),
            tokens=aws.tokens(),
            clock=aws.CLOCK,
        ),
    )


def _done(action: str, prescription_id: str, act: Callable[[], Order]) -> Progress:
    """The act's outcome on record, whichever it is."""
    try:
        order = act()
    except Rejected as refusal:
        audited(action, prescription_id, outcome=refusal.code)
        raise
    audited(action, order.id)
    return progress(order)
