"""The one `Api` of this function, and what its routes share."""

from pharmonico.adapters import aws
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.enrollment.sessions import Session
from pharmonico.fulfillment.enrollment.view import Progress, progress
from pharmonico.fulfillment.order import Order
from pharmonico.kit.ids import new_id
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.patients import PatientDoor

TAG = "portal"
ENROLLMENT = "/api/v1/portal/enrollment"
COOKIE = "__Host-session"
COOKIE_RULES = "Path=/; Secure; HttpOnly; SameSite=Strict"


def door() -> PatientDoor:
    return PatientDoor(
        call=api.call, otp=settings().PORTAL_OTP, tokens=aws.tokens(), clock=aws.CLOCK
    )


api = Api(sessions=lambda: door().sessions())


def current() -> Session:
    """The session of the call, whatever the code says."""
    return door().current()


def admitted(*, phi: bool = False) -> Session:
    """The session of the call, once the code was confirmed where the portal asks for it."""
    return door().admitted(phi=phi)


def shown(
    order: Order, enrollment: Enrollment, session: Session, *, verified: bool | None = None
) -> Progress:
    """What most routes answer: the state of the enrollment, without PHI.

    `verified` is given by who has just seen whether the code was confirmed.
    """
    return progress(
        order,
        enrollment,
        session,
        otp=settings().PORTAL_OTP,
        tokens=aws.tokens(),
        clock=aws.CLOCK,
        verified=verified,
    )


def audited(action: str, session: Session) -> None:
    """A read of PHI, sealed onto the prescription's chain."""
    act = audit.Act(
        act_id=new_id("act", clock=aws.CLOCK),
        at=aws.CLOCK.now(),
        actor=api.call.actor,
        action=action,
        resource=session.order_id,
        source="portal_api",
        correlation_id=api.call.correlation_id,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)
