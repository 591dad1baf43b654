"""The FDA's NDC directory as text: products are staged, packages become catalogue entries.

Layouts: https://www.fda.gov/drugs/drug-approvals-and-databases/ndc-product-file-definitions and
ndc-package-file-definitions beside it.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from local.importing.delimited import Layout, records
from local.importing.products import Product, checked, medication_of, merged, ndc_of, strength_of
from local.importing.records import Counts, Position, Record, Rejected, Skipped
from local.seed.medications import FDA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pharmonico.fulfillment.directory import Medication

    from local.importing.catalogue import Catalogue

PRODUCTS = Layout(
    columns=(
        "PRODUCTID",
        "PRODUCTNDC",
        "PRODUCTTYPENAME",
        "PROPRIETARYNAME",
        "NONPROPRIETARYNAME",
        "DOSAGEFORMNAME",
        "ROUTENAME",
        "ENDMARKETINGDATE",
        "LABELERNAME",
        "SUBSTANCENAME",
        "ACTIVE_NUMERATOR_STRENGTH",
        "ACTIVE_INGRED_UNIT",
        "DEASCHEDULE",
    ),
    delimiter="\t",
    is_quoted=False,
)
PACKAGES = Layout(
    columns=("PRODUCTID", "NDCPACKAGECODE", "ENDMARKETINGDATE"), delimiter="\t", is_quoted=False
)
_INCLUDED = ("", "N")
"""Flags of a listing that is not excluded: E, U and I mark expired and incomplete ones."""


class Stage:
    """Products by their id in a file database: the two files are in no common order."""

    def __init__(self, path: Path) -> None:
        self._rows = sqlite3.connect(path)
        self._rows.execute("CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, body TEXT)")

    def put(self, entries: Sequence[tuple[str, Product]]) -> None:
        """Store the products."""
        rows = ((code, json.dumps(asdict(product))) for code, product in entries)
        with self._rows:
            self._rows.executemany("INSERT OR REPLACE INTO products VALUES (?, ?)", rows)

    def get(self, code: str) -> Product | None:
        """The product with this id."""
        query = self._rows.execute("SELECT body FROM products WHERE id = ?", (code,))
        row = query.fetchone()
        return _product(json.loads(row[0])) if row else None

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()


@dataclass(frozen=True, slots=True)
class Products:
    """product.txt, into the stage."""

    stage: Stage
    today: date
    kind: str = "ndc-products"

    def read(self, file: BinaryIO, start: Position) -> Iterator[Record]:
        """Every product."""
        return records(file, PRODUCTS, start)

    def entry(self, value: dict[str, Any]) -> tuple[str, Product]:
        """A product that can be prescribed."""
        if value.get("ndc_exclude_flag", "") not in _INCLUDED:
            raise Skipped("excluded_by_the_fda")
        return value["productid"], checked(_listed(value), today=self.today)

    def keep(self, entries: Sequence[tuple[str, Product]]) -> Counts:
        """Stage them."""
        self.stage.put(entries)
        return Counts()


@dataclass(frozen=True, slots=True)
class Packages:
    """package.txt, into the catalogue."""

    stage: Stage
    catalogue: Catalogue
    today: date
    kind: str = "ndc-packages"

    def read(self, file: BinaryIO, start: Position) -> Iterator[Record]:
        """Every package."""
        return records(file, PACKAGES, start)

    def entry(self, value: dict[str, Any]) -> Medication:
        """A package of a staged product."""
        if value.get("ndc_exclude_flag", "") not in _INCLUDED:
            raise Skipped("excluded_by_the_fda")
        if value.get("sample_package", "") == "Y":
            raise Skipped("sample")
        if value["endmarketingdate"] and value["endmarketingdate"] < f"{self.today:%Y%m%d}":
            raise Skipped("no_longer_marketed")
        product = self.stage.get(value["productid"])
        if product is None:
            raise Skipped("product_not_wanted")
        return medication_of(ndc_of(value["ndcpackagecode"]), product, source=FDA)

    def keep(self, entries: Sequence[Medication]) -> Counts:
        """Store them over what the catalogue has."""
        known = self.catalogue.known(entry.ndc11 for entry in entries)
        self.catalogue.put(merged(entry, known.get(entry.ndc11)) for entry in entries)
        return Counts()


def _listed(value: dict[str, Any]) -> Product:
    suffix = value.get("proprietarynamesuffix", "")
    return Product(
        kind=value["producttypename"],
        name=f"{value['proprietaryname']} {suffix}".strip(),
        generic=value["nonproprietaryname"],
        dosage_form=value["dosageformname"],
        routes=_several(value["routename"]),
        labeler=value["labelername"],
        substances=_substances(value),
        dea_schedule=value["deaschedule"],
        ends=value["endmarketingdate"],
    )


def _substances(value: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    names = _several(value["substancename"])
    numbers = _several(value["active_numerator_strength"])
    units = _several(value["active_ingred_unit"])
    if not numbers and not units:
        return tuple((name, "") for name in names)
    if not len(names) == len(numbers) == len(units):
        words = f"{len(names)} substances have {len(numbers)} strengths in {len(units)} units."
        raise Rejected("strength.count", words, value["productndc"])
    strengths = map(strength_of, numbers, units)
    return tuple(zip(names, strengths, strict=True))


def _several(field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split(";") if part.strip())


def _product(body: dict[str, Any]) -> Product:
    body["routes"] = tuple(body["routes"])
    body["substances"] = tuple((name, strength) for name, strength in body["substances"])
    return Product(**body)
