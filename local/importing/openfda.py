"""openFDA's bulk file of the NDC directory: products with their packages, as JSON.

Fields: https://open.fda.gov/apis/drug/ndc/searchable-fields/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from local.importing.json_list import records
from local.importing.products import Product, checked, medication_of, merged, ndc_of, strength_of
from local.importing.records import Counts, Position, Record, Rejected, Skipped
from local.seed.medications import OPENFDA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pharmonico.fulfillment.directory import Medication

    from local.importing.catalogue import Catalogue

LIST = "results"


@dataclass(frozen=True, slots=True)
class OpenFda:
    """One object is a product; its packages become catalogue entries."""

    catalogue: Catalogue
    today: date
    kind: str = "openfda"

    def read(self, file: BinaryIO, start: Position) -> Iterator[Record]:
        """Every product."""
        return records(file, LIST, start)

    def entry(self, value: dict[str, Any]) -> tuple[Medication, ...]:
        """The packages of a product that can be prescribed."""
        if value.get("finished") is False:
            raise Skipped("unfinished")
        product = checked(_listed(value), today=self.today)
        packages = [each for each in _objects(value, "packaging") if not each.get("sample")]
        if not packages:
            raise Skipped("no_package")
        codes = [ndc_of(_text(each, "package_ndc")) for each in packages]
        return tuple(medication_of(code, product, source=OPENFDA) for code in codes)

    def keep(self, entries: Sequence[tuple[Medication, ...]]) -> Counts:
        """Store them over what the catalogue has."""
        packages = [package for product in entries for package in product]
        known = self.catalogue.known(package.ndc11 for package in packages)
        self.catalogue.put(merged(package, known.get(package.ndc11)) for package in packages)
        return Counts()


def _listed(value: dict[str, Any]) -> Product:
    contents = _objects(value, "active_ingredients")
    generic = _text(value, "generic_name")
    return Product(
        kind=_text(value, "product_type"),
        name=_text(value, "brand_name") or generic,
        generic=generic,
        dosage_form=_text(value, "dosage_form"),
        routes=tuple(str(route) for route in value.get("route") or ()),
        labeler=_text(value, "labeler_name"),
        substances=tuple(
            (_text(each, "name"), strength_of(*_strength(_text(each, "strength"))))
            for each in contents
        ),
        dea_schedule=_text(value, "dea_schedule"),
        ends=_text(value, "marketing_end_date"),
    )


def _strength(text: str) -> tuple[str, str]:
    number, _, unit = text.partition(" ")
    return number, unit


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise Rejected("json.not_text", f"{name} is not text.", str(found)[:80])
    return (found or "").strip()


def _objects(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Rejected("json.not_a_list", f"{name} is not a list of objects.", str(found)[:80])
    return found
