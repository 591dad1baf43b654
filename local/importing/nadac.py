"""NADAC, what pharmacies paid on average: prices for packages that the catalogue has.

Columns: https://data.medicaid.gov/nadac; a file holds a year of weeks, in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from local.importing.delimited import Layout, records
from local.importing.products import ndc_of
from local.importing.records import Counts, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pharmonico.fulfillment.directory import Medication

    from local.importing.catalogue import Catalogue
    from local.importing.records import Position, Record

LAYOUT = Layout(columns=("NDC", "NADAC Per Unit", "Effective Date", "Pricing Unit"))
CENTS = 100
DOLLARS_MAX = 1_000_000
Unit = Literal["EA", "ML", "GM"]
UNITS: dict[str, Unit] = {"EA": "EA", "ML": "ML", "GM": "GM"}


@dataclass(frozen=True, slots=True)
class Price:
    """US cents per unit, with the fractions the file has, from a day on."""

    ndc11: str
    cents: Decimal
    unit: Unit
    since: date


@dataclass(frozen=True, slots=True)
class Nadac:
    """Prices into the catalogue."""

    catalogue: Catalogue
    kind: str = "nadac"

    def read(self, file: BinaryIO, start: Position) -> Iterator[Record]:
        """Every price."""
        return records(file, LAYOUT, start)

    def entry(self, value: dict[str, Any]) -> Price:
        """The price of a package."""
        unit = UNITS.get(value["pricing_unit"].upper())
        if unit is None:
            raise Rejected("unit.unknown", "The unit is not EA, ML or GM.", value["pricing_unit"])
        return Price(
            ndc11=ndc_of(value["ndc"]),
            cents=_cents(value["nadac_per_unit"]),
            unit=unit,
            since=_date(value["effective_date"]),
        )

    def keep(self, entries: Sequence[Price]) -> Counts:
        """Store the newest price of each package that the catalogue has."""
        unkept = Counts()
        known = dict(self.catalogue.known(price.ndc11 for price in entries))
        changed: dict[str, Medication] = {}
        for price in entries:
            entry = known.get(price.ndc11)
            if entry is None:
                unkept.skip("not_in_the_catalogue")
            elif entry.price_from is not None and entry.price_from > price.since:
                unkept.skip("older_than_the_price_known")
            else:
                known[price.ndc11] = changed[price.ndc11] = _priced(entry, price)
        self.catalogue.put(changed.values())
        return unkept


def _priced(entry: Medication, price: Price) -> Medication:
    update = {
        "unit_price_minor": price.cents,
        "price_source": "NADAC",
        "price_unit": price.unit,
        "price_from": price.since,
    }
    return entry.model_copy(update=update)


def _cents(text: str) -> Decimal:
    try:
        dollars = Decimal(text.replace("$", "").replace(",", ""))
    except InvalidOperation:
        dollars = Decimal(-1)
    if not dollars.is_finite() or not 0 < dollars < DOLLARS_MAX:
        raise Rejected("price.malformed", "The price is not an amount above zero.", text)
    return dollars * CENTS


def _date(text: str) -> date:
    """`2024-01-17` or `01/17/2024`."""
    month, slash, rest = text.partition("/")
    day, _, year = rest.partition("/")
    iso = f"{year}-{month:0>2}-{day:0>2}" if slash else text[:10]
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise Rejected("date.malformed", "The effective date is not a date.", text) from None
