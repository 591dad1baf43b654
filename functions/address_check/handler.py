"""POST /api/v1/portal/address-check: the carriers' word on an address before the patient saves it.

A function of its own: the rest of the portal holds no key of a provider.
"""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.documents import Delivery
from pharmonico.fulfillment.enrollment.codes import require_code
from pharmonico.fulfillment.enrollment.sessions import PortalSessions, read_session
from pharmonico.fulfillment.shipping.addresses import AddressVerdict, verdict_for_patient
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Api, Body
from pharmonico.lambdas.http.guard import SESSION_COOKIE

api = Api(sessions=lambda: PortalSessions(tokens=aws.tokens(), clock=aws.CLOCK))


@api.post("/api/v1/portal/address-check", Action.SAVE_ENROLLMENT, tag="portal")
def check_delivery_address(page: Annotated[Delivery, Body()]) -> AddressVerdict:
    """Whether carriers know an address, and how they would write it; nothing is saved.

    The patient chooses: save the own spelling or the suggested one (`spelling` says which).
    """
    tokens = aws.tokens()
    session = read_session(api.call.cookie(SESSION_COOKIE), tokens=tokens, clock=aws.CLOCK)
    require_code(session, otp=settings().PORTAL_OTP, phi=False, tokens=tokens)
    return verdict_for_patient(page, session.order_id, carriers=carriers(), tokens=tokens)


lambda_handler = api.handler
