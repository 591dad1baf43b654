"""What staff decide about a parcel: each is one conditional write on the version they read."""

from collections.abc import Callable
from types import ModuleType
from typing import Annotated

from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.documents import Delivery
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.shipping.addresses import AddressVerdict, verdict_on
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body

from functions.shipments_api.api import (
    ONE,
    TAG,
    api,
    audited,
    bench,
    must_be_own,
    within_reach,
)
from functions.shipments_api.models import (
    AddressCorrection,
    Settlement,
    Standing,
    Withdrawal,
    standing,
)

GUARDED = {"idempotent": True, "if_match": True, "status": 202, "tag": TAG}


@api.post(f"{ONE}/address-check", Action.WORK_ON_SHIPMENT, tag=TAG)
def check_address(prescription_id: str, delivery: Annotated[Delivery, Body()]) -> AddressVerdict:
    """Ask the carriers about an address before it is put in; nothing is changed."""
    order = within_reach(prescription_id)
    found = verdict_on(delivery, carriers=carriers())
    audited("address_checked", order.id, outcome=found.verdict)
    return found


@api.post(f"{ONE}/address", Action.WORK_ON_SHIPMENT, **GUARDED)
def correct_address(
    prescription_id: str, command: Annotated[AddressCorrection, Body()]
) -> Standing:
    """Put another address in where the first did not hold, and ship; the first one is kept."""
    return _done(
        "address_corrected",
        prescription_id,
        lambda: deciding().correct_address(
            prescription_id,
            command.delivery,
            note=command.note,
            expected_revision=api.call.expected_revision,
            bench=bench(),
        ),
    )


@api.post(f"{ONE}/void", Action.WORK_ON_SHIPMENT, **GUARDED)
def withdraw_label(prescription_id: str, command: Annotated[Withdrawal, Body()]) -> Standing:
    """Give the label back while no carrier has scanned it; released, it is shipped anew."""
    return _done(
        "label_withdrawn",
        prescription_id,
        lambda: deciding().withdraw_label(
            prescription_id,
            note=command.note,
            expected_revision=api.call.expected_revision,
            bench=bench(),
        ),
    )


@api.post(f"{ONE}/settlement", Action.WORK_ON_SHIPMENT, **GUARDED)
def settle_parcel(prescription_id: str, command: Annotated[Settlement, Body()]) -> Standing:
    """Say that it came back or is lost, and whether claim and payment are undone.

    What came back is quarantined, never restocked.
    """
    return _done(
        "parcel_settled",
        prescription_id,
        lambda: deciding().settle(
            prescription_id,
            command.fate,
            reverse_claim=command.reverse_claim,
            note=command.note,
            expected_revision=api.call.expected_revision,
            bench=bench(),
        ),
    )


def deciding() -> ModuleType:
    """The decisions, imported with the first one: lists and labels need nothing of them."""
    from pharmonico.fulfillment.shipping import worklist  # noqa: PLC0415 - brings the events, 60 ms

    return worklist


def _done(action: str, prescription_id: str, move: Callable[[], Order]) -> Standing:
    """Make the move and answer how it stands, with its new ETag; a refusal is audited as well.

    Who belongs to pharmacies decides about their parcels, ops about all. No patient is named: the
    answer is kept for a repeat, outside the record store.
    """
    parcel = within_reach(prescription_id)
    try:
        must_be_own(parcel.pharmacy_id)
        order = on_conflict(move)
    except Rejected as refusal:
        audited(action, prescription_id, outcome=refusal.code)
        raise
    audited(action, prescription_id)
    api.call.etag(order.revision)
    return standing(order)
