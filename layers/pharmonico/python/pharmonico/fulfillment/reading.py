"""What readers see: staff everything, a provider only how its own prescription is doing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel

from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.adjudication.papers import Billing, Claim
from pharmonico.fulfillment.audit import EVENTS
from pharmonico.fulfillment.correspondence.papers import DrugChange, OutgoingLetter
from pharmonico.fulfillment.describing import DescribedAs, papers_by_kind
from pharmonico.fulfillment.desk.papers import Note
from pharmonico.fulfillment.dispensing.papers import Dispensing, Refusal, Restock
from pharmonico.fulfillment.documents import (
    Document,
    Enrollment,
    Failure,
    Notice,
    Payment,
    Ranking,
    Validation,
)
from pharmonico.fulfillment.enrollment.papers import Eligibility, SignedRecord
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.order import Hold, Tracking
from pharmonico.fulfillment.shipping.papers import ParcelDecision, Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.papers import Correction
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit import Act, Entry
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders


class Waiting(BaseModel):
    """An open wait, without its token."""

    name: WaitName
    since: datetime
    timeout_s: int


class Progress(BaseModel):
    """How a prescription is doing; all a provider sees."""

    id: str
    revision: int
    status: Status
    created_at: datetime
    updated_at: datetime
    message_id: str
    tracking: Tracking | None = None


class Row(Progress):
    """One line of the ops list."""

    patient_id: str
    patient_name: str
    drug: str
    ndc: str | None = None
    prescriber_name: str
    prescriber_npi: str
    plan: str | None = None
    pharmacy_id: str | None = None
    patient_pay: Money | None = None
    hold_reason: str | None = None
    alerts: tuple[str, ...] = ()
    failure_step: str | None = None
    renewal_of: str | None = None
    run: int
    waiting: Waiting | None = None
    hold: Hold | None = None
    assignee: str | None = None


class Page(BaseModel):
    """A page of the list; `next_cursor` is opaque and absent on the last page."""

    items: list[Row | Progress]
    next_cursor: str | None = None


class Detail(Row):
    """A prescription with its papers, each kind's documents oldest first."""

    documents: Annotated[
        dict[str, list[dict[str, Any]]],
        DescribedAs(lambda: papers_by_kind(_SHOWN, without=_NOT_SHOWN)),
    ]


_SHOWN: tuple[type[Document], ...] = (
    Validation,
    Correction,
    Enrollment,
    SignedRecord,
    Eligibility,
    Ranking,
    Claim,
    Billing,
    Payment,
    Dispensing,
    Refusal,
    Shipment,
    ParcelDecision,
    Failure,
    Note,
    Notice,
    OutgoingLetter,
    DrugChange,
    Restock,
)
"""The message itself is a document of its own, read (and audited) apart."""

_NOT_SHOWN = {"exchanges", "raw_base64"}
"""Raw claim bytes are read through the claim document's own address, as are messages."""


def progress(order: Order) -> Progress:
    return Progress(**_progress(order))


def row(order: Order) -> Row:
    return Row(**_row(order))


def outside(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A chain as a provider sees it: the moves, not who works here, reads here or is billed."""
    moves = (entry for entry in entries if entry.act.source == EVENTS)
    return tuple(entry.model_copy(update={"act": _anonymous(entry.act)}) for entry in moves)


def _anonymous(act: Act) -> Act:
    detail = {name: said for name, said in act.detail.items() if name.startswith("status_")}
    return act.model_copy(update={"actor": Actor(id="", role=act.actor.role), "detail": detail})


def read_detail(order_id: str, *, orders: Orders) -> Detail:
    """All that staff see; `OrderNotFound`."""
    order, folder = orders.folder(order_id, _SHOWN)
    return Detail(
        **_row(order), documents={kind: _shown(papers) for kind, papers in folder.items() if papers}
    )


def _shown(papers: tuple[Document, ...]) -> list[dict[str, Any]]:
    return [
        paper.model_dump(mode="json", exclude=_NOT_SHOWN, exclude_none=True) for paper in papers
    ]


def _progress(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "revision": order.revision,
        "status": order.status,
        "created_at": order.created_at,
        "updated_at": order.updated_at,
        "message_id": order.origin.message_id,
        "tracking": order.tracking,
    }


def _row(order: Order) -> dict[str, Any]:
    wait = order.wait
    return {
        **_progress(order),
        **order.summary.model_dump(),
        "patient_id": order.patient_id,
        "plan": order.plan,
        "pharmacy_id": order.pharmacy_id,
        "patient_pay": order.patient_pay,
        "hold_reason": order.hold_reason,
        "alerts": order.alerts,
        "failure_step": order.failure_step,
        "renewal_of": order.renewal_of,
        "run": order.run,
        "hold": order.hold,
        "assignee": order.assignee,
        "waiting": Waiting(name=wait.name, since=wait.opened_at, timeout_s=wait.timeout_s)
        if wait and wait.is_open(order.status)
        else None,
    }
