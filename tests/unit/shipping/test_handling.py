"""Which rate is taken, when a cold box leaves, and who must sign."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.fulfillment.directory import Medication
from pharmonico.fulfillment.shipping.carriers import Rate
from pharmonico.fulfillment.shipping.handling import Handling, best, handling_of
from pharmonico.kit.errors import Rejected
from pharmonico.kit.money import Money

from tests.builders import NOON
from tests.unit.shipping.conftest import a_pharmacy

if TYPE_CHECKING:
    from tests.unit.shipping.conftest import Dock

TUESDAY = NOON
ORDINARY = Handling(date(2026, 9, 15))
COLD = Handling(date(2026, 9, 15), cold=True)


def a_rate(identifier: str, cents: int, days: int | None) -> Rate:
    return Rate(identifier, "usps", "Test", Money(amount_minor=cents), days)


def a_medication(**changes: Any) -> Medication:
    facts = {"ndc11": "00071015623", "name": "Test", "generic": "test", "unit_price_minor": 1}
    return Medication.model_validate({**facts, "dosage_form": "C48542", "strength": "1", **changes})


def leaves(now: datetime, **changes: Any) -> tuple[date, bool]:
    handling = handling_of(a_medication(**changes), a_pharmacy().hours, now=now)
    return handling.leaves_on, handling.held


def test_among_rates_that_keep_the_promise_the_cheapest_is_taken() -> None:
    rates = [a_rate("late", 100, 4), a_rate("fast", 4000, 1), a_rate("good", 900, 3)]
    assert best(rates, ORDINARY).id == "good"


def test_when_none_keeps_the_promise_the_earliest_is_taken_then_the_cheapest() -> None:
    rates = [a_rate("vague", 10, None), a_rate("dear", 900, 5), a_rate("cheap", 800, 5)]
    assert best(rates, ORDINARY).id == "cheap"


def test_no_rates_is_a_refusal_of_its_own() -> None:
    with pytest.raises(Rejected) as refusal:
        best([], ORDINARY)
    assert refusal.value.code == "shipping.no_rates"


def test_a_cold_box_goes_by_the_cheapest_of_the_fast_ones() -> None:
    rates = [a_rate("slow", 100, 3), a_rate("fast", 4000, 1), a_rate("good", 900, 2)]
    assert best(rates, COLD).id == "good"


def test_a_cold_box_never_goes_slowly() -> None:
    with pytest.raises(Rejected) as refusal:
        best([a_rate("slow", 100, 3)], COLD)
    assert refusal.value.code == "shipping.cold_chain"


@pytest.mark.parametrize(
    ("days", "leaves_on", "held"),
    [
        (0, date(2026, 9, 15), False),
        (2, date(2026, 9, 17), False),
        (3, date(2026, 9, 21), True),
        (4, date(2026, 9, 21), True),
        (5, date(2026, 9, 21), True),
        (6, date(2026, 9, 21), False),
    ],
)
def test_a_cold_box_does_not_leave_on_friday_or_the_weekend(
    days: int, leaves_on: date, held: bool
) -> None:
    assert leaves(TUESDAY + timedelta(days=days), cold_chain=True) == (leaves_on, held)


def test_the_day_is_the_pharmacys() -> None:
    friday_in_london = datetime.fromisoformat("2026-09-18T03:00:00+00:00")
    assert leaves(friday_in_london, cold_chain=True) == (date(2026, 9, 17), False)


def test_an_ordinary_parcel_leaves_any_day() -> None:
    friday = TUESDAY + timedelta(days=3)
    assert leaves(friday) == (date(2026, 9, 18), False)


def test_a_controlled_substance_is_signed_for() -> None:
    hours = a_pharmacy().hours
    assert handling_of(a_medication(dea_schedule="CIV"), hours, now=NOON).signed
    assert not handling_of(a_medication(), hours, now=NOON).signed
    assert not handling_of(None, hours, now=NOON).signed


def test_the_stage_asks_the_catalogue_how_to_ship(dock: Dock) -> None:
    dock.directory = MemoryDirectory(
        pharmacies=[a_pharmacy()], medications=[a_medication(cold_chain=True, dea_schedule="CII")]
    )
    dock.clock.advance(timedelta(days=3))
    dock.given()
    dock.ship()
    [handling] = dock.carriers.handled
    assert handling == Handling(date(2026, 9, 21), held=True, cold=True, signed=True)
    assert dock.shipment.promised_on == "2026-09-23"
