"""The ship stage buys one label, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.shipping.carriers import PurchasePending
from pharmonico.fulfillment.shipping.tracking import parcel_key
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Rejected, Unavailable, VersionConflict

from tests.breaking import CrashError, broken
from tests.builders import EXECUTION

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.parcels import Label

    from tests.unit.shipping.conftest import Dock


def test_a_dispensed_prescription_gets_a_label_and_a_tracking_number(dock: Dock) -> None:
    dock.given()
    assert dock.ship() == "shipped"
    assert dock.order.status is Status.SHIPPED
    assert dock.told == ["shipping_label_generated"]
    assert (dock.tracking.carrier, dock.tracking.number) == ("usps", "92001900000000000001")
    assert dock.order.shipment_id == dock.shipment.shipment_id
    assert dock.shipment.promised_on == "2026-09-17"
    assert dock.labels.files[str(dock.shipment.label_key)].startswith(b"%PDF")


def test_the_label_carries_ids_only(dock: Dock) -> None:
    dock.given()
    dock.ship()
    [(_, reference, _)] = dock.carriers.bought
    assert reference == f"rx_01TEST:{dock.shipment.shipment_id}"
    assert len(reference) <= 100


def test_the_parcels_number_leads_back_to_the_prescription(shipped: Dock) -> None:
    found = shipped.orders.find_parcel(parcel_key("USPS", shipped.tracking.number))
    assert found is not None
    assert found.order_id == "rx_01TEST"


def test_shipping_twice_buys_once(shipped: Dock) -> None:
    assert shipped.ship() == "shipped"
    assert len(shipped.carriers.bought) == 1
    assert shipped.told == ["shipping_label_generated"]


def test_a_crash_between_purchase_and_save_finds_the_label_again(dock: Dock) -> None:
    dock.given()
    with broken(dock.orders, "save"), pytest.raises(CrashError):
        dock.ship()
    assert dock.order.status is Status.DISPENSED
    assert dock.ship() == "shipped"
    assert len(dock.carriers.bought) == 1
    assert dock.shipment.transaction_id == "txn_1"
    assert len(dock.labels.files) == 1


def test_a_crash_while_the_pdf_is_fetched_finds_the_label_again(dock: Dock) -> None:
    dock.given()
    with broken(dock.carriers, "pdf"), pytest.raises(CrashError):
        dock.ship()
    dock.ship()
    assert len(dock.carriers.bought) == 1


def test_a_label_found_after_days_is_still_the_same_label(dock: Dock) -> None:
    dock.given()
    with broken(dock.orders, "save"), pytest.raises(CrashError):
        dock.ship()
    dock.clock.advance(timedelta(days=3))
    dock.ship()
    assert len(dock.carriers.bought) == 1


def test_a_plan_that_was_never_bought_is_made_anew_after_a_day(dock: Dock) -> None:
    dock.given()
    with broken(dock.carriers, "buy"), pytest.raises(CrashError):
        dock.ship()
    planned = dock.shipment
    dock.clock.advance(timedelta(days=2))
    dock.ship()
    assert dock.shipment.rate_id != planned.rate_id
    assert dock.shipment.shipment_id == planned.shipment_id


def test_a_refused_rate_is_crossed_out_and_held_for_people(dock: Dock) -> None:
    dock.given()
    with broken(dock.carriers, "buy", Rejected("label.refused", "no")):
        assert dock.ship() == "held"
    assert (dock.shipment.rate_id, dock.order.hold_reason) == (None, "label.refused")


def test_a_provider_that_refuses_our_call_is_a_failure_and_fresh_offers_follow(
    dock: Dock,
) -> None:
    dock.given()
    refusal = Rejected("shipping.provider_rejected", "no")
    with broken(dock.carriers, "buy", refusal), pytest.raises(Rejected):
        dock.ship()
    assert dock.shipment.rate_id is None
    assert dock.ship() == "shipped"
    assert len(dock.carriers.bought) == 1


def test_an_address_the_carrier_does_not_know_is_held_for_people(dock: Dock) -> None:
    dock.given(postal_code="99999")
    assert dock.ship() == "held"
    assert (dock.order.status, dock.order.hold_reason) == (
        Status.SHIPPING_ISSUE,
        "address.invalid",
    )
    assert dock.told == ["shipping_held"]
    assert dock.carriers.bought == []


@pytest.mark.parametrize("code", ["shipping.no_rates", "shipping.too_slow"])
def test_a_parcel_nobody_may_carry_is_held_for_people(dock: Dock, code: str) -> None:
    dock.given()
    with broken(dock.carriers, "rates", Rejected(code, "no")):
        assert dock.ship() == "held"
    assert dock.order.hold_reason == code


def test_without_a_pharmacy_there_is_no_sender(dock: Dock) -> None:
    dock.given(pharmacy_id="ph_unknown")
    with pytest.raises(Conflict) as refusal:
        dock.ship()
    assert refusal.value.code == "shipping.pharmacy_unknown"


def test_an_execution_that_lost_the_prescription_buys_nothing(dock: Dock) -> None:
    dock.given(owner="arn:another")
    assert dock.ship() == "superseded"
    assert dock.carriers.bought == []


def test_a_cancelled_prescription_voids_its_label_once(shipped: Dock) -> None:
    shipped.cancel()
    assert [shipped.void(), shipped.void()] == ["voided", "no_label"]
    assert shipped.carriers.voided == ["txn_1"]
    assert shipped.told.count("shipping_label_voided") == 1


def test_a_label_bought_in_a_crash_is_voided_as_well(dock: Dock) -> None:
    dock.given()
    with broken(dock.orders, "save"), pytest.raises(CrashError):
        dock.ship()
    dock.cancel()
    assert dock.void() == "voided"
    assert dock.carriers.voided == ["txn_1"]


@pytest.mark.parametrize("dies", [False, True])
def test_a_label_bought_while_the_cancellation_looked_for_it_is_given_back(
    dock: Dock, monkeypatch: pytest.MonkeyPatch, *, dies: bool
) -> None:
    dock.given()
    buy = dock.carriers.buy

    def slowly(rate_id: str, *, reference: str) -> Label:
        dock.cancel()
        with pytest.raises(PurchasePending):
            dock.void()
        label = buy(rate_id, reference=reference)
        if dies:
            raise Unavailable("shipping.provider_unavailable", "the answer was lost")
        return label

    monkeypatch.setattr(dock.carriers, "buy", slowly)
    with pytest.raises(Unavailable if dies else VersionConflict):
        dock.ship()
    assert dock.carriers.voided == ["txn_1"]
    assert (dock.shipment.voided, dock.void()) == (True, "no_label")


def test_nothing_bought_nothing_voided(dock: Dock) -> None:
    dock.given(status=Status.CANCELLED, owner=EXECUTION)
    assert dock.void() == "no_label"


def test_only_a_cancelled_prescriptions_label_is_voided(shipped: Dock) -> None:
    with pytest.raises(Conflict) as refusal:
        shipped.void()
    assert refusal.value.code == "order.not_cancelled"
