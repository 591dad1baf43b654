"""The one `Api` of this function, and the session that its routes ask for.

A function of its own: decoding what strangers send stays apart from the rest of the portal.
"""

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.codes import require_code
from pharmonico.fulfillment.enrollment.sessions import PortalSessions, Session, read_session
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.guard import SESSION_COOKIE


def sessions() -> PortalSessions:
    return PortalSessions(tokens=aws.tokens(), clock=aws.CLOCK)


api = Api(sessions=sessions)


def admitted() -> Session:
    """The session of the call, once the code was confirmed where the portal asks for it."""
    tokens = aws.tokens()
    session = read_session(api.call.cookie(SESSION_COOKIE), tokens=tokens, clock=aws.CLOCK)
    require_code(session, otp=settings().PORTAL_OTP, phi=False, tokens=tokens)
    return session
