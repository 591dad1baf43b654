"""NADAC prices: exact to the fraction of a cent, the newest one, for packages that are known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from local.importing.nadac import Nadac
from local.importing.running import Files, run
from tests.prescribing import NDC, a_medication

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.importing.records import Counts
    from tests.unit.importing.conftest import MemoryCatalogue

OFFICIAL = (
    "NDC Description,NDC,NADAC Per Unit,Effective Date,Pricing Unit,Pharmacy Type Indicator,OTC,"
    "Explanation Code,Classification for Rate Setting,Corresponding Generic Drug NADAC Per Unit,"
    "Corresponding Generic Drug Effective Date,As of Date\n"
)


def row(price: str = "0.04231", since: str = "01/17/2026", unit: str = "EA", ndc: str = NDC) -> str:
    return f'"TESTOL, 20 MG ""A""",{ndc},{price},{since},{unit},C/I,N,"1, 5",G,,,01/24/2026\n'


@pytest.fixture
def price(catalogue: MemoryCatalogue, files: Callable[[bytes], Files]) -> Callable[..., Counts]:
    catalogue.entries[NDC] = a_medication()

    def doing(*rows: str) -> Counts:
        given = files((OFFICIAL + "".join(rows)).encode())
        return run(Nadac(catalogue), given, show=lambda _at, _counts: None)

    return doing


def test_a_price_is_exact_and_says_where_it_is_from(
    price: Callable[..., Counts], catalogue: MemoryCatalogue
) -> None:
    price(row())
    entry = catalogue.entries[NDC]
    assert entry.unit_price_minor == Decimal("4.231")
    assert (entry.price_source, entry.price_unit, entry.price_from) == (
        "NADAC",
        "EA",
        date(2026, 1, 17),
    )
    assert entry.name == a_medication().name


def test_an_entry_with_a_price_survives_its_store(
    price: Callable[..., Counts], catalogue: MemoryCatalogue
) -> None:
    price(row())
    entry = catalogue.entries[NDC]
    assert type(entry).model_validate_json(entry.model_dump_json(exclude_none=True)) == entry


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_newest_price_counts_in_whatever_order_the_weeks_come(
    price: Callable[..., Counts], catalogue: MemoryCatalogue, order: tuple[int, ...]
) -> None:
    weeks = [row("1", "2026-01-01"), row("2", "01/08/2026"), row("3", "1/15/2026")]
    price(*(weeks[at] for at in order))
    assert catalogue.entries[NDC].unit_price_minor == 300


def test_an_older_file_does_not_overwrite_a_newer_price(
    price: Callable[..., Counts], catalogue: MemoryCatalogue
) -> None:
    price(row("3", "2026-01-15"))
    counts = price(row("1", "2026-01-01"))
    assert counts.skipped == {"older_than_the_price_known": 1}
    assert catalogue.entries[NDC].unit_price_minor == 300


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (row(price=""), "price.malformed"),
        (row(price="-1"), "price.malformed"),
        (row(price="0"), "price.malformed"),
        (row(price="NaN"), "price.malformed"),
        (row(price="1e9"), "price.malformed"),
        (row(since="2026-02-30"), "date.malformed"),
        (row(since=""), "date.malformed"),
        (row(unit="BOX"), "unit.unknown"),
        (row(ndc="71015623"), "ndc.malformed"),
        (row(ndc="00000000000"), "ndc.placeholder"),
    ],
)
def test_a_price_that_cannot_be_right_is_rejected(
    price: Callable[..., Counts], catalogue: MemoryCatalogue, bad: str, code: str
) -> None:
    counts = price(bad, row())
    assert counts.rejected == {code: 1}
    assert counts.kept == 1
    assert catalogue.entries[NDC].price_source == "NADAC"
