"""CancelRx in every state: what is undone is what the table says, neither more nor less."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import CancelRxResponse, ScriptMessage
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.fulfillment.dispensing.papers import Restock
from pharmonico.fulfillment.intake.clients import ANY
from pharmonico.fulfillment.intake.letters import message_key
from pharmonico.fulfillment.loads import Slot
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.ports import Pointer
from pharmonico.fulfillment.status import STRAIGHT_WAY, Status, may_move, reached
from pharmonico.fulfillment.undoing import STANDS_AT, Undo, undone_from
from pharmonico.kit.settings import settings

from functions.intake import handler as intake
from tests.billing import rejects, says
from tests.builders import a_wait
from tests.gateway import send
from tests.prescribing import a_script, a_validation, an_enrollment
from tests.unit.lambdas.calling import Invoker
from tests.unit.lambdas.invoking import CLINIC, EXECUTION, RX, Cloud

if TYPE_CHECKING:
    from collections.abc import Iterator

CANCEL_RX = (Path(__file__).parents[1] / "ncpdp" / "samples" / "cancelrx.xml").read_bytes()
READ = (a_script(), a_validation(), an_enrollment())
PLACE = "ph_0000001"
WAITS = {
    Status.VALIDATED: WaitName.ENROLLMENT,
    Status.AWAITING_ENROLLMENT: WaitName.ENROLLMENT,
    Status.AWAITING_PHARMACY_SELECTION: WaitName.SELECTION,
}
ORIGINS = (Status.AWAITING_ROUTING, Status.AWAITING_PAYMENT, Status.PAID, Status.DISPENSED)
"""Where a failure is tried to have interrupted it."""


class Way(Invoker):
    """Brings the prescription to any state, by the functions that do it in life."""

    def to(self, status: Status) -> None:
        place = STANDS_AT.get(status, status)
        if not reached(place, Status.PHARMACY_SELECTED):
            self._given(status, slot=None, pharmacy_id=None)
        elif reached(place, Status.SHIPPED):
            self._to_dispensed()
            assert self.outcome("ship") == "shipped"
        elif reached(place, Status.DISPENSED):
            self._to_dispensed()
        else:
            self._to_the_counter(status, place)
        self._stands(status)

    def failed_at(self, origin: Status) -> None:
        self.to(origin)
        order = self.cloud.order
        failed = order.moved(
            Status.FAILED, at=order.updated_at, failed_from=origin, failure_step="X", wait=None
        )
        self.cloud.orders.save(failed)

    def _to_the_counter(self, status: Status, place: Status) -> None:
        self._given(Status.PHARMACY_SELECTED)
        if status is Status.CLAIM_REJECTED:
            self.cloud.payer = MemoryPayer(rejects("70"))
            assert self.outcome("adjudicate") == "held"
        if reached(place, Status.ADJUDICATED):
            assert self.outcome("adjudicate") == "adjudicated"
        if reached(place, Status.AWAITING_PAYMENT):
            assert self.outcome("payment") == "waiting"
        if reached(place, Status.PAID):
            self.cloud.checkouts.pay("cs_1")
            assert self.heard("webhook_stripe") == "paid"
        if status is Status.AWAITING_DISPENSE:
            self.monkeypatch.setenv("DISPENSE", "manual")
            settings.cache_clear()
            assert self.outcome("dispense") == "waiting"

    def _to_dispensed(self) -> None:
        self._to_the_counter(Status.PAID, Status.PAID)
        assert self.outcome("dispense") == "answered"

    def _given(self, status: Status, **changes: Any) -> None:
        day = self.cloud.clock.now().date()
        facts = {
            "pharmacy_id": PLACE,
            "slot": Slot(pharmacy_id=PLACE, day=day, capacity=9),
            "owner": EXECUTION,
        }
        wait = {"wait": a_wait(WAITS[status])} if status in WAITS else {}
        self.cloud.given(status, *READ, **facts | wait | changes)

    def _stands(self, status: Status) -> None:
        """Side states and scans need no function of their own to be cancelled from."""
        order = self.cloud.order
        if order.status is not status:
            self.cloud.orders.save(order.model_copy(update={"status": status}))

    def cancel(self) -> bool:
        """By the prescriber's own message; True when it was in time."""
        order = self.cloud.order
        key = message_key(order.origin.sender, "EX-1")
        self.cloud.orders._messages[key] = Pointer(RX, "hash")
        everyone = CLINIC.model_copy(update={"prescriber_npis": frozenset({ANY})})
        self.cloud.known_clients = MemoryClients([everyone])
        self.cloud.wire(intake, self.monkeypatch)
        headers = {"Authorization": "Bearer provider", "Content-Type": "application/xml"}
        answer = send(
            intake.lambda_handler, "POST", "/api/v1/script", body=CANCEL_RX, headers=headers
        )
        message = ncpdp.parse(answer.body.encode())
        assert isinstance(message, ScriptMessage)
        assert isinstance(message.body, CancelRxResponse), answer.body
        return message.body.approved is not None

    def undone(self) -> set[Undo]:
        """What the cancellation's steps have done, as it shows at the partners."""
        cloud, had_slot = self.cloud, self.cloud.order.slot is not None
        owned = cloud.order.owner is not None
        assert self.cancel()
        found = {Undo.PLACE} if had_slot and cloud.order.slot is None else set()
        assert self.outcome("release_wait") == "released"
        if owned and cloud.machine.stopped == [EXECUTION]:
            found.add(Undo.EXECUTION)
        cloud.payer = MemoryPayer(says(Answer(status="A")))
        if self.outcome("reverse_claim") == "reversed":
            found.add(Undo.CLAIM)
        refunded = self.outcome("refund_payment") == "refunded"
        found |= {Undo.REFUND} if refunded else set()
        if cloud.checkouts.demands and cloud.checkouts.session("cs_1").state != "open":
            found.add(Undo.CHECKOUT)
        if self.outcome("void_label") == "voided" and cloud.carriers.voided:
            found.add(Undo.LABEL)
        if cloud.orders.document(RX, Restock) is not None:
            found.add(Undo.RESTOCK)
        return found


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    monkeypatch.setenv("PORTAL_URL", "https://portal.pharmonico.example")
    settings.cache_clear()
    yield Way(Cloud(), monkeypatch)
    settings.cache_clear()


CANCELLABLE = [
    status
    for status in Status
    if may_move(status, Status.CANCELLED) and status is not Status.FAILED
]


@pytest.mark.parametrize("status", CANCELLABLE)
def test_what_is_undone_is_what_the_table_says(way: Way, status: Status) -> None:
    way.to(status)
    expected = set(undone_from(status))
    assert way.undone() - {Undo.EXECUTION} == expected - {Undo.EXECUTION}
    assert way.cloud.order.status is Status.CANCELLED


@pytest.mark.parametrize("status", [each for each in CANCELLABLE if each in STRAIGHT_WAY])
def test_whoever_works_on_it_is_stopped(way: Way, status: Status) -> None:
    way.to(status)
    way.undone()
    assert way.cloud.machine.stopped == [EXECUTION]
    if status in WAITS:
        assert way.cloud.machine.answers["token-1"][0] == "Cancelled"


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_failed_is_undone_from_where_it_stood(way: Way, origin: Status) -> None:
    way.failed_at(origin)
    expected = set(undone_from(Status.FAILED, failed_from=origin))
    assert way.undone() - {Undo.EXECUTION} == expected


@pytest.mark.parametrize(
    "status", [each for each in Status if not may_move(each, Status.CANCELLED)]
)
def test_elsewhere_nothing_happens(way: Way, status: Status) -> None:
    way.cloud.given(status, *READ, pharmacy_id=PLACE, owner=EXECUTION)
    events = len(way.cloud.orders.events)
    assert way.cancel() is (status is Status.CANCELLED)
    assert (way.cloud.order.status, undone_from(status)) == (status, ())
    assert len(way.cloud.orders.events) == events


def test_the_milestones_are_reached_one_after_the_other() -> None:
    found = [undone_from(status) for status in STRAIGHT_WAY if undone_from(status)]
    assert all(set(one) <= set(other) for one, other in itertools.pairwise(found))
    assert undone_from(Status.RECEIVED) == (Undo.EXECUTION,)
    assert undone_from(Status.SHIPPED) == tuple(Undo)
