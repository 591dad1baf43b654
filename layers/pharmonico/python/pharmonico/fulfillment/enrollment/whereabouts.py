"""Where the order is, as its patient may see it: no name, no drug, no address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.documents import Enrollment, Payment
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

StepName = Literal["details", "pharmacy", "payment", "preparing", "on_the_way", "delivered"]
StepState = Literal["done", "now", "next"]
Stage = Literal[
    "details",
    "pharmacy",
    "payment",
    "preparing",
    "on_the_way",
    "out_for_delivery",
    "delivered",
    "problem",
    "cancelled",
]

STEPS: tuple[StepName, ...] = (
    "details",
    "pharmacy",
    "payment",
    "preparing",
    "on_the_way",
    "delivered",
)

S = Status
_STEP: dict[Status, StepName] = {
    **dict.fromkeys((S.RECEIVED, S.VALIDATED, S.AWAITING_ENROLLMENT), "details"),
    **dict.fromkeys((S.VALIDATION_ISSUE, S.ENROLLMENT_EXPIRED), "details"),
    **dict.fromkeys((S.AWAITING_ROUTING, S.AWAITING_PHARMACY_SELECTION), "pharmacy"),
    **dict.fromkeys((S.PHARMACY_SELECTED, S.NO_PHARMACY, S.CLAIM_REJECTED), "pharmacy"),
    **dict.fromkeys((S.ADJUDICATED, S.AWAITING_PAYMENT), "payment"),
    **dict.fromkeys((S.PAYMENT_FAILED, S.PAYMENT_EXPIRED), "payment"),
    **dict.fromkeys((S.PAID, S.AWAITING_DISPENSE, S.DISPENSED, S.SHIPPING_ISSUE), "preparing"),
    **dict.fromkeys((S.SHIPPED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY), "on_the_way"),
    **dict.fromkeys((S.DELIVERY_EXCEPTION, S.RETURNED), "on_the_way"),
    **dict.fromkeys((S.DELIVERED, S.COMPLETED), "delivered"),
}
"""How far a prescription has come; the cancelled and the failed are told apart below."""

_TROUBLED = frozenset(
    {
        S.VALIDATION_ISSUE,
        S.NO_PHARMACY,
        S.CLAIM_REJECTED,
        S.PAYMENT_FAILED,
        S.PAYMENT_EXPIRED,
        S.SHIPPING_ISSUE,
        S.DELIVERY_EXCEPTION,
        S.RETURNED,
        S.FAILED,
    }
)


class WayStep(BaseModel):
    """One step of the way, for a plain timeline."""

    model_config = ConfigDict(frozen=True)

    name: StepName
    state: StepState


class Due(BaseModel):
    """The patient's share: what it is, whether it can be paid now, and how the last try ended."""

    model_config = ConfigDict(frozen=True)

    amount: Money
    state: Literal["due", "paid", "refunded", "nothing"]
    is_payable: bool
    was_declined: bool


class ScanView(BaseModel):
    """One word of the carrier: Shippo's status and when it was said (ISO 8601)."""

    model_config = ConfigDict(frozen=True)

    status: str
    at: str


class Parcel(BaseModel):
    """Where to follow it, and what the carrier has said, newest first."""

    model_config = ConfigDict(frozen=True)

    carrier: str
    number: str
    url: str | None
    promised_on: str | None
    scans: tuple[ScanView, ...]


class Whereabouts(BaseModel):
    """The order's way, its price and its parcel."""

    model_config = ConfigDict(frozen=True)

    reference: str
    language: Literal["en", "es"]
    stage: Stage
    steps: tuple[WayStep, ...]
    payment: Due | None
    parcel: Parcel | None


def whereabouts(order_id: str, *, orders: Orders) -> Whereabouts:
    """What the patient may see of the order with nothing but its reference or a session."""
    order = orders.get(order_id)
    enrollment = orders.document(order_id, Enrollment)
    return Whereabouts(
        reference=order.id,
        language=enrollment.language if enrollment else "en",
        stage=_stage(order),
        steps=_steps(order),
        payment=_due(order, orders.documents(order_id, Payment)),
        parcel=_parcel(order, orders.document(order_id, Shipment)),
    )


def _stage(order: Order) -> Stage:
    if order.status is Status.CANCELLED:
        return "cancelled"
    if order.status in _TROUBLED:
        return "problem"
    if order.status is Status.OUT_FOR_DELIVERY:
        return "out_for_delivery"
    return _STEP[order.status]


def _steps(order: Order) -> tuple[WayStep, ...]:
    """Nothing is shown as ahead of somebody whose order was cancelled."""
    status = order.failed_from if order.status is Status.FAILED else order.status
    if status is None or status is Status.CANCELLED:
        return ()
    here = STEPS.index(_STEP[status])
    is_over = _STEP[status] == "delivered"
    return tuple(
        WayStep(name=name, state=_state(at, here, is_over)) for at, name in enumerate(STEPS)
    )


def _state(at: int, here: int, is_over: bool) -> StepState:
    if at < here or is_over:
        return "done"
    return "now" if at == here else "next"


def _due(order: Order, payments: tuple[Payment, ...]) -> Due | None:
    """Nothing before the insurance has answered."""
    if order.patient_pay is None:
        return None
    last = max(payments, key=lambda payment: payment.attempt, default=None)
    known = last.status if last else "open"
    paid = {"paid": "paid", "refunded": "refunded"}.get(known)
    is_free = order.patient_pay.amount_minor == 0
    is_open = known == "open" and last is not None and last.url is not None
    return Due.model_validate(
        {
            "amount": last.amount if last else order.patient_pay,
            "state": paid or ("nothing" if is_free else "due"),
            "is_payable": is_open and order.status is Status.AWAITING_PAYMENT,
            "was_declined": last is not None and not paid and bool(last.declines),
        }
    )


def _parcel(order: Order, shipment: Shipment | None) -> Parcel | None:
    if order.tracking is None or shipment is None or shipment.voided:
        return None
    scans = sorted(shipment.updates, key=lambda line: line["at"], reverse=True)
    return Parcel(
        carrier=order.tracking.carrier,
        number=order.tracking.number,
        url=shipment.tracking_url,
        promised_on=shipment.promised_on,
        scans=tuple(ScanView(status=_said(line), at=line["at"]) for line in scans),
    )


def _said(line: dict[str, str]) -> str:
    """A parcel on its last miles is in transit to the carrier, but not to who waits for it."""
    return "OUT_FOR_DELIVERY" if line["substatus"] == "out_for_delivery" else line["status"]
