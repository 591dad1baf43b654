"""Compiles the curated tables into the layer's compact files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.reference.files import LIST

from local.reference import interactions
from local.reference.medications import brands, medications
from local.reference.tables import TableError, ingredients, listed, selected, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from local.reference.tables import Row

FOLDER = "layers/pharmonico/python/pharmonico/reference/data/"
LISTS, SELECTORS = "*", "@"
COLUMNS = {
    "ages": "@ingredients below_years from_years level words source",
    "allergy_classes": "class words *aliases @ingredients source",
    "allergy_crosses": "class_a class_b likelihood words source",
    "classes": "class words is_duplication",
    "dosage_form_codes": "ncit_code family",
    "dosage_forms": "dosage_form family",
    "doses": "ingredient route low high per_days source",
    "ingredients": "ingredient class rxcui *aliases",
    "mechanisms": "mechanism words",
    "medications": (
        "ndc11 name generic *ingredients *strength dosage_form *route dea_schedule source"
    ),
    "opioid_factors": "ingredient morphine_mg_per_mg",
    "sources": "source title publisher published licence",
}
"""The columns of each compact file, as the module that reads it names them.

A column with a star holds a list, one with an at sign a selector, written out as its ingredients.
"""


def files() -> dict[str, str | bytes]:
    """Every file by its path."""
    for checked in (ingredients, medications, _check_doses):
        checked()
    return {
        FOLDER + "interactions.bin": interactions.pack(),
        FOLDER + "brands.tsv": _lines(
            (brand, LIST.join(known)) for brand, known in sorted(brands().items())
        ),
        **{f"{FOLDER}{name}.tsv": _compiled(name) for name in COLUMNS},
    }


def _compiled(name: str) -> str:
    columns = [_reader(column) for column in COLUMNS[name].split()]
    return _lines(tuple(read(row) for read in columns) for row in table(name))


def _reader(column: str) -> Callable[[Row], str]:
    if column.startswith(LISTS):
        return lambda row: LIST.join(listed(row[column[1:]]))
    if column.startswith(SELECTORS):
        return lambda row: LIST.join(selected(row[column[1:]]))
    return lambda row: row[column]


def _check_doses() -> None:
    for row in table("doses"):
        if row["ingredient"] not in ingredients() or row["unit"] != "mg":
            raise TableError(f"doses.csv: {row['ingredient']} in {row['unit']}")


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(map(_field, row)) + "\n" for row in rows)


def _field(text: str) -> str:
    if "\t" in text or "\n" in text:
        raise TableError(f"no field of a compact table holds {text!r}")
    return text
