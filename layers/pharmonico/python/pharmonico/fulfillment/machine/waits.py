"""The machine's human waits: what each is for, what ends it, and the token it left with us."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.status import TERMINAL, Status, reached


class WaitName(StrEnum):
    ENROLLMENT = "enrollment"
    SELECTION = "selection"
    PAYMENT = "payment"
    DISPENSE = "dispense"
    DELIVERY = "delivery"


DAY_S = 86_400

TIMEOUT_S: dict[WaitName, int] = {
    WaitName.ENROLLMENT: 7 * DAY_S,
    WaitName.SELECTION: 14 * DAY_S,
    WaitName.PAYMENT: 7 * DAY_S,
    WaitName.DISPENSE: 14 * DAY_S,
    WaitName.DELIVERY: 30 * DAY_S,
}
"""The same figures as the state machine's `TimeoutSeconds`; a test compares them."""

ENDS_AT: dict[WaitName, Status] = {
    WaitName.ENROLLMENT: Status.AWAITING_ROUTING,
    WaitName.SELECTION: Status.PHARMACY_SELECTED,
    WaitName.PAYMENT: Status.PAID,
    WaitName.DISPENSE: Status.DISPENSED,
    WaitName.DELIVERY: Status.DELIVERED,
}
"""A wait is over when the prescription has reached this status."""

ENDED_BY: dict[str, WaitName] = {
    "enrollment_completed": WaitName.ENROLLMENT,
    "pharmacy_selected": WaitName.SELECTION,
    "payment_successful": WaitName.PAYMENT,
    "prescription_dispensed": WaitName.DISPENSE,
    "delivered": WaitName.DELIVERY,
}
"""The event that wakes the machine, by detail type."""

HELD_BY: dict[str, WaitName] = {"payment_failed": WaitName.PAYMENT}
"""The event that ends a wait because what came has to be looked at by people."""


class Wait(BaseModel):
    """An open task token, kept with the wait, the run and the execution it belongs to.

    The token never leaves the system; it is answered only by an event of the same wait and run.
    """

    model_config = ConfigDict(frozen=True)

    name: WaitName
    run: int
    execution: str
    token: str
    opened_at: datetime
    timeout_s: int
    reminded_day: int = 0
    """The last day of the wait on which somebody was reminded."""

    def is_open(self, status: Status) -> bool:
        """The token stays on the order when its wait is over; the status tells that it is."""
        ended = status in TERMINAL or status is Status.FAILED
        return not ended and not reached(status, ENDS_AT[self.name])
