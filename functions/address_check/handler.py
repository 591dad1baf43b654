"""POST /api/v1/portal/address-check: the carriers' word on an address before the patient saves it.

A function of its own: the rest of the portal holds no key of a provider.
"""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.documents import Delivery
from pharmonico.fulfillment.shipping.addresses import AddressVerdict, verdict_for_patient
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Api, Body
from pharmonico.lambdas.http.patients import PatientDoor


def door() -> PatientDoor:
    return PatientDoor(
        call=api.call, otp=settings().PORTAL_OTP, tokens=aws.tokens(), clock=aws.CLOCK
    )


api = Api(sessions=lambda: door().sessions())


@api.post("/api/v1/portal/address-check", Action.SAVE_ENROLLMENT, tag="portal")
def check_delivery_address(page: Annotated[Delivery, Body()]) -> AddressVerdict:
    """Whether carriers know an address, and how they would write it; nothing is saved.

    The patient chooses: save the own spelling or the suggested one (`spelling` says which).
    """
    order_id = door().admitted().order_id
    return verdict_for_patient(page, order_id, carriers=carriers(), tokens=aws.tokens())


lambda_handler = api.handler
