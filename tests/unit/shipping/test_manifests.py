"""What a pharmacy hands over on a day: each parcel on one sheet, however often it is closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.shipping import manifests
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.kit.errors import Invalid, Unavailable

from tests.breaking import CrashError, broken
from tests.builders import EXECUTION, NOON
from tests.unit.shipping.conftest import a_pharmacy

if TYPE_CHECKING:
    from tests.unit.shipping.conftest import Dock

TODAY, TOMORROW = date(2026, 9, 15), date(2026, 9, 16)
PHARMACY = "ph_0512345"
NUMBERS = ("rx_01TEST", "rx_02TEST", "rx_03TEST")


@pytest.fixture
def loaded(dock: Dock) -> Dock:
    """Three parcels that leave today."""
    for number in NUMBERS:
        dock.given(id=number)
        dock.ship(order_id=number)
    return dock


def counter(dock: Dock) -> manifests.Counter:
    return manifests.Counter(
        orders=dock.orders, carriers=dock.carriers, labels=dock.labels, clock=dock.clock
    )


def close(dock: Dock, day: date = TODAY) -> list[str]:
    """Closes the day; answers the prescriptions on the sheets that were made."""
    closed = manifests.close_day(a_pharmacy(), day, counter=counter(dock))
    return [each.order.id for sheet in closed for each in sheet.parcels]


def marks(dock: Dock) -> list[str | None]:
    """Each parcel's manifest."""
    papers = [dock.orders.document(number, Shipment) for number in NUMBERS]
    found = [paper.handed_over if paper else None for paper in papers]
    return [each.manifest_id if each else None for each in found]


def test_the_sheet_shows_what_leaves_today(loaded: Dock) -> None:
    [sheet] = manifests.sheets(PHARMACY, TODAY, orders=loaded.orders)
    assert (sheet.carrier, sheet.account) == ("usps", "our_usps")
    assert sorted(each.order.id for each in sheet.parcels) == sorted(NUMBERS)
    assert manifests.sheets("ph_other", TODAY, orders=loaded.orders) == ()
    yesterday = TODAY - timedelta(days=1)
    assert manifests.sheets(PHARMACY, yesterday, orders=loaded.orders) == ()


def test_a_day_is_closed_once(loaded: Dock) -> None:
    assert sorted(close(loaded)) == sorted(NUMBERS)
    assert close(loaded) == []
    [manifest] = loaded.carriers.manifests
    assert marks(loaded) == [manifest.id] * 3
    assert loaded.labels.files[manifests.manifest_key(manifest.id)].startswith(b"%PDF")


def test_what_a_carrier_has_scanned_needs_no_sheet(loaded: Dock) -> None:
    loaded.scanned("TRANSIT")
    assert sorted(close(loaded)) == ["rx_02TEST", "rx_03TEST"]


def test_a_day_that_has_not_come_is_not_closed(loaded: Dock) -> None:
    with pytest.raises(Invalid) as refusal:
        close(loaded, TOMORROW)
    assert refusal.value.code == "manifest.day_to_come"
    assert marks(loaded) == [None] * 3


def test_a_crash_after_the_carrier_closed_makes_no_second_sheet(loaded: Dock) -> None:
    with broken(loaded.orders, "put_document"), pytest.raises(CrashError):
        close(loaded)
    assert sorted(close(loaded)) == sorted(NUMBERS)
    assert len(loaded.carriers.manifests) == 1


def test_parcels_that_came_after_a_crash_stand_on_another_sheet(loaded: Dock) -> None:
    with broken(loaded.orders, "put_document"), pytest.raises(CrashError):
        close(loaded)
    loaded.given(id="rx_04TEST", owner=EXECUTION)
    loaded.ship(order_id="rx_04TEST")
    assert sorted(close(loaded)) == [*NUMBERS, "rx_04TEST"]
    first, second = loaded.carriers.manifests
    assert (len(first.covers), len(second.covers)) == (3, 1)
    assert close(loaded) == []


def test_the_clock_closes_the_day_after_the_cut_off(loaded: Dock) -> None:
    def tick() -> tuple[int, tuple[str, ...]]:
        return manifests.close_what_is_due(directory=loaded.directory, counter=counter(loaded))

    assert tick() == (0, ())
    loaded.clock.advance(timedelta(hours=11))
    down = Unavailable("shipping.provider_unavailable", "down")
    with broken(loaded.carriers, "manifest", down):
        assert tick() == (0, (PHARMACY,))
    assert tick() == (3, ())
    assert tick() == (0, ())


def test_a_scan_that_is_noted_meanwhile_is_kept(loaded: Dock) -> None:
    assert loaded.scanned("PRE_TRANSIT", hours=1) == "noted"
    close(loaded)
    assert (len(loaded.shipment.updates), loaded.shipment.handed_over is not None) == (1, True)
    assert loaded.scan("TRANSIT", at=NOON + timedelta(hours=2)).number == loaded.tracking.number
