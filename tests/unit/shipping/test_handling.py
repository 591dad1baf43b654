"""Which rate is taken, when a parcel leaves, what it is packed in and who must sign."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.fulfillment.directory import Medication
from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.shipping.calendar import is_holiday
from pharmonico.fulfillment.shipping.choosing import best, reason_of
from pharmonico.fulfillment.shipping.handling import Contents, handling_of
from pharmonico.fulfillment.shipping.parcels import Box, Handling, Rate
from pharmonico.kit.errors import Rejected
from pharmonico.kit.money import Money

from tests.builders import NOON
from tests.unit.shipping.conftest import a_pharmacy

if TYPE_CHECKING:
    from tests.unit.shipping.conftest import Dock

TUESDAY = NOON
BOX = Box("small_box", 9, 6, 4, 7)
ORDINARY = Handling(date(2026, 9, 15), BOX, days_max=3, rules=("promise",))
COLD = Handling(date(2026, 9, 15), BOX, days_max=1, rules=("promise", "cold_chain"), strict=True)


def a_rate(identifier: str, cents: int, days: int | None) -> Rate:
    return Rate(identifier, "usps", "Test", Money(amount_minor=cents), days)


def a_medication(**changes: Any) -> Medication:
    facts = {"ndc11": "00071015623", "name": "Test", "generic": "test", "unit_price_minor": 1}
    return Medication.model_validate({**facts, "dosage_form": "C48542", "strength": "1", **changes})


def handled(now: datetime = NOON, *, units: int = 30, **changes: Any) -> Handling:
    contents = Contents(a_medication(**changes), Decimal(units))
    return handling_of(contents, a_pharmacy().hours, now=now)


def leaves(now: datetime, **changes: Any) -> tuple[date, str | None]:
    handling = handled(now, **changes)
    return handling.leaves_on, handling.waits_for


def test_among_rates_that_keep_the_promise_the_cheapest_is_taken() -> None:
    rates = [a_rate("late", 100, 4), a_rate("fast", 4000, 1), a_rate("good", 900, 3)]
    assert best(rates, ORDINARY).id == "good"


def test_when_none_keeps_the_promise_the_earliest_is_taken_then_the_cheapest() -> None:
    rates = [a_rate("vague", 10, None), a_rate("dear", 900, 5), a_rate("cheap", 800, 5)]
    taken = best(rates, ORDINARY)
    assert taken.id == "cheap"
    assert reason_of(taken, rates, ORDINARY).won_as == "earliest"


def test_no_rates_is_a_refusal_of_its_own() -> None:
    with pytest.raises(Rejected) as refusal:
        best([], ORDINARY)
    assert refusal.value.code == "shipping.no_rates"


def test_a_cold_box_goes_by_the_cheapest_of_the_overnight_ones() -> None:
    rates = [a_rate("slow", 100, 2), a_rate("fast", 4000, 1), a_rate("good", 900, 1)]
    assert best(rates, COLD).id == "good"


@pytest.mark.parametrize("days", [2, 3, None])
def test_a_cold_box_never_goes_slowly(days: int | None) -> None:
    with pytest.raises(Rejected) as refusal:
        best([a_rate("slow", 100, days)], COLD)
    assert refusal.value.code == "shipping.too_slow"


@pytest.mark.parametrize(
    ("days", "leaves_on", "waits_for"),
    [
        (0, date(2026, 9, 15), None),
        (2, date(2026, 9, 17), None),
        (3, date(2026, 9, 21), "weekend"),
        (4, date(2026, 9, 21), "weekend"),
        (5, date(2026, 9, 21), "weekend"),
        (6, date(2026, 9, 21), None),
    ],
)
def test_a_cold_box_does_not_leave_on_friday_or_the_weekend(
    days: int, leaves_on: date, waits_for: str | None
) -> None:
    assert leaves(TUESDAY + timedelta(days=days), cold_chain=True) == (leaves_on, waits_for)


@pytest.mark.parametrize(
    ("day", "is_cold", "leaves_on", "waits_for"),
    [
        ("2026-11-25", True, date(2026, 11, 30), "holiday"),  # the eve of Thanksgiving
        ("2026-11-25", False, date(2026, 11, 25), None),
        ("2026-11-26", False, date(2026, 11, 27), "holiday"),
        ("2026-12-24", True, date(2026, 12, 28), "holiday"),
        ("2026-09-20", False, date(2026, 9, 21), "weekend"),  # a Sunday
    ],
)
def test_holidays_and_their_eves(
    day: str, is_cold: bool, leaves_on: date, waits_for: str | None
) -> None:
    noon = datetime.fromisoformat(f"{day}T18:00:00+00:00")
    assert leaves(noon, cold_chain=is_cold) == (leaves_on, waits_for)


def test_after_the_cut_off_a_parcel_leaves_the_next_day() -> None:
    before, after = (datetime(2026, 9, 15, hour, 30, tzinfo=UTC) for hour in (21, 22))
    assert leaves(before) == (date(2026, 9, 15), None)
    assert leaves(after) == (date(2026, 9, 16), "cutoff")


def test_a_cold_box_that_misses_thursdays_cut_off_waits_for_monday() -> None:
    thursday = datetime(2026, 9, 17, 22, 30, tzinfo=UTC)
    assert leaves(thursday, cold_chain=True) == (date(2026, 9, 21), "cutoff")


def test_the_day_is_the_pharmacys() -> None:
    friday_in_london = datetime.fromisoformat("2026-09-18T03:00:00+00:00")
    assert leaves(friday_in_london)[0] == date(2026, 9, 18)
    assert leaves(friday_in_london - timedelta(hours=6), cold_chain=True)[0] == date(2026, 9, 17)


def test_carriers_rest_on_the_holidays_all_of_them_keep() -> None:
    kept = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    assert [day for day in kept if is_holiday(day)] == [
        date(2026, 1, 1),
        date(2026, 5, 25),
        date(2026, 7, 4),
        date(2026, 9, 7),
        date(2026, 11, 26),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, ("promise",)),
        ({"dea_schedule": "CIV"}, ("promise", "controlled")),
        ({"unit_price_minor": 3400}, ("promise", "high_value")),
    ],
)
def test_what_is_controlled_or_dear_is_signed_for(
    changes: dict[str, Any], rules: tuple[str, ...]
) -> None:
    handling = handled(**changes)
    assert (handling.rules, handling.signed) == (rules, len(rules) > 1)


def test_an_ndc_nobody_knows_travels_as_an_ordinary_parcel() -> None:
    handling = handling_of(Contents(None, Decimal(30)), a_pharmacy().hours, now=NOON)
    assert (handling.rules, handling.signed, handling.strict) == (("promise",), False, False)


@pytest.mark.parametrize(
    ("units", "is_cold", "box", "ounces"),
    [
        (0, False, "padded_mailer", 3),
        (30, False, "padded_mailer", 4),
        (300, False, "small_box", 16),
        (1000, False, "medium_box", 45),
        (30, True, "insulated_box", 66),
    ],
)
def test_the_box_follows_the_quantity(units: int, is_cold: bool, box: str, ounces: int) -> None:
    packed = handled(units=units, cold_chain=is_cold).box
    assert (packed.name, packed.weight_oz) == (box, ounces)


def test_the_stage_ships_what_was_dispensed_and_keeps_the_reason(dock: Dock) -> None:
    cold = a_medication(ndc11="00000000001", cold_chain=True, dea_schedule="CII")
    dock.directory = MemoryDirectory(pharmacies=[a_pharmacy()], medications=[a_medication(), cold])
    dock.clock.advance(timedelta(days=3))
    order = dock.given()
    facts = {"verified_by": "pharmacist-1", "automatic": False, "dispensed_at": NOON}
    dock.orders.put_document(order.id, Dispensing(dispensed_ndc=cold.ndc11, quantity="4", **facts))
    dock.ship()
    [handling] = dock.carriers.handled
    assert (handling.leaves_on, handling.waits_for) == (date(2026, 9, 21), "weekend")
    assert dock.shipment.promised_on == "2026-09-22"
    choice = dock.shipment.choice
    assert choice is not None
    assert choice.rules == ("promise", "cold_chain", "controlled")
    assert (choice.days_max, choice.signed, choice.won_as) == (1, True, "cheapest_in_time")
    assert (choice.box, choice.offers) == ("insulated_box", 3)


@pytest.mark.parametrize("quantity", ["", "as needed", "NaN", "-3"])
def test_a_quantity_left_open_is_the_smallest_parcel(dock: Dock, quantity: str) -> None:
    order = dock.given()
    facts = {"verified_by": "automatic", "automatic": True, "dispensed_at": NOON}
    dock.orders.put_document(order.id, Dispensing(quantity=quantity, **facts))
    assert dock.ship() == "shipped"
    assert dock.shipment.choice is not None
    assert dock.shipment.choice.box == "padded_mailer"
