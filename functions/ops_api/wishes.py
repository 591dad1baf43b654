"""`/api/v1/patients/{id}/messages`: how a patient wants to hear from us, as told to ops."""

from typing import TYPE_CHECKING, Annotated

from pharmonico.adapters import aws
from pharmonico.fulfillment.notification.wishing import Said, said_of, say
from pharmonico.kit.errors import NotFound
from pharmonico.lambdas.http import Action, Body

from functions.ops_api.api import api, audited
from functions.ops_api.patients import TAG

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.contacts import Wishes

MESSAGES = "/api/v1/patients/<patient_id>/messages"


@api.get(MESSAGES, Action.READ_PATIENTS, tag=TAG)
def read_patient_wishes(patient_id: str) -> Said:
    """By which channel, in which language, and when the phone keeps silent."""
    wishes = _known(patient_id)
    audited("message_wishes_read", patient_id)
    return said_of(wishes)


@api.put(MESSAGES, Action.SAVE_MESSAGE_WISHES, tag=TAG)
def save_patient_wishes(patient_id: str, said: Annotated[Said, Body()]) -> Said:
    """What the patient said by phone; it holds for every prescription of theirs."""
    _known(patient_id)
    saved = say(patient_id, said, contacts=aws.contacts())
    audited("message_wishes_saved", patient_id, channels=said.channels)
    return said_of(saved)


def _known(patient_id: str) -> "Wishes":
    """The wishes of a patient there is."""
    if aws.patients().record(patient_id) is None:
        raise NotFound("patient.not_found", "There is no such patient.")
    return aws.contacts().wishes(patient_id)
