"""The prescription as the fulfilment sees it: one small versioned record, moved by legal moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.loads import Slot
from pharmonico.fulfillment.machine.waits import Wait
from pharmonico.fulfillment.status import FREES_SLOT, TERMINAL, Status, may_move
from pharmonico.kit.errors import Conflict, StaleRevision
from pharmonico.kit.money import Money


class Origin(BaseModel):
    """Which message of which sender it came from; sender and message id are the intake key."""

    model_config = ConfigDict(frozen=True)

    client_id: str
    sender: str
    message_id: str
    order_number: str | None = None
    format: str = "xml"


class Summary(BaseModel):
    """What lists show without opening the documents (PHI: stays in the record store)."""

    model_config = ConfigDict(frozen=True)

    patient_name: str
    drug: str
    ndc: str | None = None
    prescriber_name: str
    prescriber_npi: str


class Tracking(BaseModel):
    """The carrier's number and its last word."""

    model_config = ConfigDict(frozen=True)

    carrier: str
    number: str
    status: str = "PRE_TRANSIT"
    status_at: datetime | None = None


class Hold(BaseModel):
    """Somebody stopped it; the words stand in a note."""

    model_config = ConfigDict(frozen=True)

    reason: str
    by: str
    at: datetime


class Order(BaseModel):
    """One prescription's fulfilment.

    `version` is raised by every write, `revision` only by a move: it is what people decide upon,
    so that the machine's own notes (its claim, its wait) never refuse a clerk. `run` counts the
    executions it was given, `owner` is the execution that holds it; `failed_from` remembers the
    status a failure interrupted; `undo_due` stands from the cancellation, or from the
    word that a parcel is written off, until all is undone. `hold` stops it at the next stage.
    `renewal_of` is the prescription that it continues.
    `slot` is its place in the selected pharmacy's day; `takes` and `frees` are what the next write
    does to the pharmacies' counters, in the same transaction.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    version: int = 0
    revision: int = 1
    status: Status
    run: int = 1
    owner: str | None = None
    wait: Wait | None = None
    created_at: datetime
    updated_at: datetime
    correlation_id: str
    origin: Origin
    summary: Summary
    patient_id: str
    plan: str | None = None
    pharmacy_id: str | None = None
    claim_id: str | None = None
    payment_id: str | None = None
    shipment_id: str | None = None
    tracking: Tracking | None = None
    patient_pay: Money | None = None
    failed_from: Status | None = None
    failure_step: str | None = None
    hold_reason: str | None = None
    undo_due: bool = False
    renewal_of: str | None = None
    hold: Hold | None = None
    assignee: str | None = None
    alerts: tuple[str, ...] = ()
    slot: Slot | None = None
    takes: Slot | None = Field(default=None, exclude=True)
    frees: Slot | None = Field(default=None, exclude=True)

    @property
    def may_be_undone(self) -> bool:
        """Cancelled, or a parcel that came back or was lost and was written off."""
        if self.status is Status.RETURNED:
            return self.undo_due
        return self.status is Status.CANCELLED

    def moved(self, to: Status, *, at: datetime, **changes: Any) -> Order:
        """A copy in the new status; `IllegalMove` when the table does not know the move."""
        if not may_move(self.status, to):
            raise IllegalMove(self.status, to)
        step: dict[str, Any] = {"status": to, "updated_at": at, "revision": self.revision + 1}
        if to in TERMINAL:
            step["hold"] = None
        if to in FREES_SLOT and self.slot is not None:
            step |= {"slot": None, "frees": self.slot}
        return self.model_copy(update={**step, **changes})

    def taking(self, slot: Slot) -> Order:
        """A copy that takes this place; one that it had is freed by the same write."""
        return self.model_copy(update={"slot": slot, "takes": slot, "frees": self.slot})

    def written(self) -> Order:
        """The copy as it stands after a write: its version raised, nothing left to take or free."""
        return self.model_copy(update={"version": self.version + 1, "takes": None, "frees": None})

    def expect(self, revision: int | None) -> None:
        """`StaleRevision` unless this is the revision the caller decided upon (None: any)."""
        if revision is not None and revision != self.revision:
            raise StaleRevision

    def expect_no_hold(self) -> None:
        """`Conflict` while somebody has put it on hold."""
        if self.hold is not None:
            raise Conflict("order.on_hold", "It is on hold; release it first.")

    def changed(self, *, at: datetime, **changes: Any) -> Order:
        """A copy in the same status with other fields changed."""
        return self.model_copy(update={"updated_at": at, **changes})
