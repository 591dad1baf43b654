"""What people do about parcels: addresses put right, labels taken back, fates told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.machine import failing, reconciling, reopening
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import Breakdown
from pharmonico.fulfillment.shipping import worklist
from pharmonico.fulfillment.shipping.papers import ParcelDecision, Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Invalid, Rejected, StaleRevision

from tests.breaking import CrashError, broken
from tests.builders import EXECUTION, a_wait, work
from tests.unit.shipping.conftest import OPS, RX, a_pharmacy, an_enrollment

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.shipping.papers import Fate

    from tests.unit.shipping.conftest import Dock

NOTE = "Called the patient."


@pytest.fixture
def held(dock: Dock) -> Dock:
    """A prescription whose address no carrier knows."""
    dock.given(postal_code="99999")
    dock.ship()
    return dock


def correct(dock: Dock, postal_code: str = "94103", revision: int | None = None) -> Order:
    delivery = an_enrollment(postal_code).delivery
    assert delivery is not None
    expected = dock.order.revision if revision is None else revision
    return worklist.correct_address(
        RX, delivery, note=NOTE, expected_revision=expected, bench=dock.bench
    )


def withdraw(dock: Dock) -> Order:
    revision = dock.order.revision
    return worklist.withdraw_label(RX, note=NOTE, expected_revision=revision, bench=dock.bench)


def settle(dock: Dock, fate: Fate, *, reverse: bool) -> Order:
    return worklist.settle(
        RX,
        fate,
        reverse_claim=reverse,
        note=NOTE,
        expected_revision=dock.order.revision,
        bench=dock.bench,
    )


def decisions(dock: Dock) -> tuple[ParcelDecision, ...]:
    return dock.orders.documents(RX, ParcelDecision)


def ship_again(dock: Dock) -> str:
    """As the new execution does it."""
    run = dock.order.run
    dock.orders.save(dock.order.changed(at=dock.clock.now(), owner=EXECUTION))
    return dock.ship(run=run)


def test_a_corrected_address_is_shipped_to_and_the_first_one_kept(held: Dock) -> None:
    after = correct(held)
    assert (after.status, after.hold_reason, after.run) == (Status.DISPENSED, None, 2)
    assert held.told[-1] == "prescription_resumed"
    [decision] = decisions(held)
    assert (decision.by, decision.note) == ("usr_ops", NOTE)
    assert decision.before is not None
    assert decision.before.postal_code == "99999"
    assert ship_again(held) == "shipped"


def test_an_address_that_is_no_better_is_refused(held: Dock) -> None:
    with pytest.raises(Invalid):
        correct(held, "99999")
    assert held.order.status is Status.SHIPPING_ISSUE
    assert decisions(held) == ()


@pytest.mark.parametrize("state", ["NV", "OR"])
def test_a_parcel_goes_to_no_state_that_its_pharmacy_may_not_ship_to(
    held: Dock, state: str
) -> None:
    over = {"CA": date(2030, 12, 31), "OR": date(2026, 1, 31)}
    lapsed = a_pharmacy().model_copy(update={"licences": over})
    held.directory = MemoryDirectory(pharmacies=[lapsed])
    entered = an_enrollment().delivery
    assert entered is not None
    with pytest.raises(Invalid) as refusal:
        worklist.correct_address(
            RX,
            entered.model_copy(update={"state": state}),
            note=NOTE,
            expected_revision=held.order.revision,
            bench=held.bench,
        )
    assert refusal.value.code == "shipping.not_licensed"
    assert held.order.status is Status.SHIPPING_ISSUE


def test_of_two_clerks_one_corrects(held: Dock) -> None:
    revision = held.order.revision
    correct(held, revision=revision)
    with pytest.raises(StaleRevision):
        correct(held, "90001", revision=revision)
    enrollment = held.orders.document(RX, Enrollment)
    assert enrollment is not None
    assert enrollment.delivery is not None
    assert enrollment.delivery.postal_code == "94103"


def test_an_address_that_is_not_asked_for_is_refused(shipped: Dock) -> None:
    with pytest.raises(Conflict) as refusal:
        correct(shipped)
    assert refusal.value.code == "shipping.not_held"


def test_what_is_held_may_be_released_or_cancelled(held: Dock) -> None:
    assert worklist.actions(held.order, ()) == ("correct_address", "release", "cancel")
    revision = held.order.revision
    reopening.reopen(
        RX, expected_revision=revision, actor=OPS, orders=held.orders, clock=held.clock
    )
    assert held.order.status is Status.DISPENSED
    assert ship_again(held) == "held"
    held.cancel()
    assert held.void() == "no_label"


def test_a_withdrawn_label_makes_room_for_another(shipped: Dock) -> None:
    wait = a_wait(WaitName.DELIVERY, token="token-9")
    shipped.orders.save(shipped.order.changed(at=shipped.clock.now(), wait=wait))
    old = shipped.tracking.number
    after = withdraw(shipped)
    assert (after.status, after.hold_reason) == (Status.SHIPPING_ISSUE, "label.withdrawn")
    assert shipped.carriers.voided == ["txn_1"]
    assert shipped.machine.answers["token-9"][0] == "Superseded"
    assert shipped.told[-1] == "shipping_label_voided"
    reopening.reopen(
        RX, expected_revision=after.revision, actor=OPS, orders=shipped.orders, clock=shipped.clock
    )
    assert ship_again(shipped) == "shipped"
    assert len(shipped.carriers.bought) == 2
    now, before = shipped.orders.documents(RX, Shipment)
    assert (before.voided, before.tracking_number, now.voided) == (True, old, False)
    assert shipped.tracking.number != old
    assert shipped.scanned("DELIVERED", number=old) == "unknown"


def test_a_crash_after_the_carrier_took_it_back_is_made_good(shipped: Dock) -> None:
    with broken(shipped.orders, "save"), pytest.raises(CrashError):
        withdraw(shipped)
    assert withdraw(shipped).status is Status.SHIPPING_ISSUE
    assert shipped.carriers.voided == ["txn_1"]


def test_a_label_in_use_stays(shipped: Dock) -> None:
    shipped.scanned("TRANSIT")
    with pytest.raises(Conflict) as refusal:
        withdraw(shipped)
    assert refusal.value.code == "label.in_use"
    assert shipped.carriers.voided == []


def test_a_parcel_that_was_never_handed_over_gives_its_label_back(shipped: Dock) -> None:
    shipped.clock.advance(timedelta(days=6))
    shipped.poll()
    shown = worklist.actions(shipped.order, ())
    assert shown == ("contact_patient", "withdraw_label", "settle")
    assert withdraw(shipped).status is Status.SHIPPING_ISSUE
    assert shipped.carriers.voided == ["txn_1"]


def test_a_scanned_parcel_in_trouble_keeps_its_label(shipped: Dock) -> None:
    shipped.scanned("FAILURE", "address_issue")
    assert worklist.actions(shipped.order, ()) == ("contact_patient", "settle")
    with pytest.raises(Conflict):
        withdraw(shipped)


def test_a_carrier_that_has_scanned_it_meanwhile_keeps_the_label(shipped: Dock) -> None:
    scanned = Rejected("label.void_refused", "no")
    with broken(shipped.carriers, "void", scanned), pytest.raises(Rejected):
        withdraw(shipped)
    assert shipped.order.status is Status.SHIPPED


def returned(dock: Dock) -> None:
    dock.scanned("TRANSIT")
    dock.scanned("RETURNED", "return_to_sender", hours=9)


def test_a_returned_parcel_asks_one_question(shipped: Dock) -> None:
    returned(shipped)
    assert worklist.actions(shipped.order, ()) == ("settle",)
    after = settle(shipped, "returned", reverse=False)
    assert (after.status, after.undo_due) == (Status.RETURNED, False)
    assert shipped.told[-1] == "parcel_settled"
    assert worklist.actions(shipped.order, decisions(shipped)) == ()
    with pytest.raises(Conflict):
        settle(shipped, "returned", reverse=True)


def test_a_yes_undoes_claim_and_payment_and_leaves_the_used_label(shipped: Dock) -> None:
    returned(shipped)
    after = settle(shipped, "returned", reverse=True)
    assert (after.undo_due, after.may_be_undone) == (True, True)
    assert shipped.told[-2:] == ["parcel_settled", "parcel_written_off"]
    assert shipped.void() == "no_label"
    assert shipped.carriers.voided == []
    assert not shipped.order.may_be_undone


def test_a_write_off_that_failed_is_redriven_and_one_that_fell_silent_taken_up(
    shipped: Dock,
) -> None:
    returned(shipped)
    settle(shipped, "returned", reverse=True)
    broke = Breakdown(**work().model_dump(), step="ReverseClaim", machine="cancellation")
    failing.record_failure(broke, orders=shipped.orders, clock=shipped.clock)
    assert shipped.order.failure_step == "ReverseClaim"
    revision = shipped.order.revision
    failing.redrive(
        RX, expected_revision=revision, actor=OPS, orders=shipped.orders, clock=shipped.clock
    )
    assert shipped.told[-1] == "compensation_resumed"
    shipped.clock.advance(reconciling.SILENCE_MAX * 2)
    again = reconciling.reconcile(
        orders=shipped.orders, machine=shipped.machine, clock=shipped.clock
    )
    assert (again, shipped.told[-1]) == (1, "compensation_resumed")


def test_a_lost_parcel_is_told_of_while_it_is_in_trouble(shipped: Dock) -> None:
    shipped.scanned("FAILURE", "package_lost")
    with pytest.raises(Conflict):
        settle(shipped, "returned", reverse=True)
    after = settle(shipped, "lost", reverse=True)
    assert (after.status, after.hold_reason) == (Status.RETURNED, "parcel.lost")
    [decision] = decisions(shipped)
    assert (decision.fate, decision.reverse_claim) == ("lost", True)


def test_a_parcel_on_its_way_is_not_settled(shipped: Dock) -> None:
    shipped.scanned("TRANSIT")
    with pytest.raises(Conflict) as refusal:
        settle(shipped, "lost", reverse=True)
    assert refusal.value.code == "shipping.not_to_settle"
    assert shipped.orders.documents(RX, Claim) == ()
