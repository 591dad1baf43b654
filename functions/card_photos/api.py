"""The one `Api` of this function, and the session that its routes ask for.

A function of its own: decoding what strangers send stays apart from the rest of the portal.
"""

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.sessions import Session
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.patients import PatientDoor


def door() -> PatientDoor:
    return PatientDoor(
        call=api.call, otp=settings().PORTAL_OTP, tokens=aws.tokens(), clock=aws.CLOCK
    )


api = Api(sessions=lambda: door().sessions())


def admitted() -> Session:
    """The session of the call, once the code was confirmed where the portal asks for it."""
    return door().admitted()
