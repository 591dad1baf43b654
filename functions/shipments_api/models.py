"""What the routes of this function take and answer."""

from datetime import datetime
from typing import Annotated, Any

from pharmonico.fulfillment.describing import DescribedAs, papers
from pharmonico.fulfillment.documents import Delivery
from pharmonico.fulfillment.order import Order, Tracking
from pharmonico.fulfillment.shipping.papers import Fate, ParcelDecision, Shipment
from pharmonico.fulfillment.status import Status
from pydantic import BaseModel, Field

Note = Annotated[str, Field(min_length=3, max_length=1000)]


NOT_SHOWN = {"label_key"}


class Parcel(BaseModel):
    """One line of the worklist: what is the matter, and since when."""

    prescription_id: str
    revision: int
    status: Status
    patient_name: str
    drug: str
    pharmacy_id: str | None
    reason: str | None
    tracking: Tracking | None
    since: datetime


class Parcels(BaseModel):
    """A page of the worklist, newest prescriptions first."""

    items: list[Parcel]
    next_cursor: str | None = None


class ParcelView(BaseModel):
    """A parcel with every label it had, why it travels as it does, and what may be done."""

    prescription_id: str
    revision: int
    status: Status
    reason: str | None
    tracking: Tracking | None
    delivery: Delivery | None
    shipments: Annotated[
        list[dict[str, Any]], DescribedAs(lambda: papers((Shipment,), without=NOT_SHOWN))
    ]
    decisions: Annotated[list[dict[str, Any]], DescribedAs(lambda: papers((ParcelDecision,)))]
    actions: list[str]


class AddressCorrection(BaseModel):
    """Another delivery address, and how it is known."""

    delivery: Delivery
    note: Note


class Withdrawal(BaseModel):
    """Why the label is taken back."""

    note: Note


class Settlement(BaseModel):
    """What became of the parcel, and whether the payer and the patient get their money back."""

    fate: Fate
    reverse_claim: bool
    note: Note


class Standing(BaseModel):
    """How the prescription stands after a decision; no patient is named."""

    id: str
    revision: int
    status: Status
    tracking: Tracking | None


def standing(order: Order) -> Standing:
    return Standing(
        id=order.id, revision=order.revision, status=order.status, tracking=order.tracking
    )


def line(order: Order) -> Parcel:
    return Parcel(
        prescription_id=order.id,
        revision=order.revision,
        status=order.status,
        patient_name=order.summary.patient_name,
        drug=order.summary.drug,
        pharmacy_id=order.pharmacy_id,
        reason=order.hold_reason,
        tracking=order.tracking,
        since=order.updated_at,
    )
