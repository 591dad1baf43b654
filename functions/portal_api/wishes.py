"""How the patient wants to hear from us."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.notification.wishing import Said, said_of, say
from pharmonico.lambdas.http import Action, Body

from functions.portal_api.api import TAG, admitted, api

MESSAGES = "/api/v1/portal/messages"


@api.get(MESSAGES, Action.READ_ENROLLMENT, tag=TAG)
def read_message_wishes() -> Said:
    """By which channel, in which language, and when the phone keeps silent."""
    return said_of(aws.contacts().wishes(_patient()))


@api.put(MESSAGES, Action.SAVE_ENROLLMENT, tag=TAG)
def save_message_wishes(said: Annotated[Said, Body()]) -> Said:
    """Say it anew; it holds for every prescription of the patient, to come ones too."""
    return said_of(say(_patient(), said, contacts=aws.contacts()))


def _patient() -> str:
    return aws.orders().get(admitted().order_id).patient_id
