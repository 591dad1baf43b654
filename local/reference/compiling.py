"""Compiles the curated tables into the layer's compact files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.reference.files import LIST

from local.reference import interactions
from local.reference.medications import brands, medications
from local.reference.tables import TableError, ingredients, listed, selected, table

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "layers/pharmonico/python/pharmonico/reference/data/"


def files() -> dict[str, str | bytes]:
    """Every file by its path."""
    written = {
        "ingredients.tsv": _lines(
            (name, row["class"], row["rxcui"], _list(listed(row["aliases"])))
            for name, row in ingredients().items()
        ),
        "brands.tsv": _lines((brand, _list(known)) for brand, known in sorted(brands().items())),
        "classes.tsv": _columns("classes", "class", "words", "is_duplication"),
        "mechanisms.tsv": _columns("mechanisms", "mechanism", "words"),
        "sources.tsv": _columns("sources", "source", "title", "publisher", "published", "licence"),
        "allergy_classes.tsv": _lines(
            (
                row["class"],
                row["words"],
                _list(listed(row["aliases"])),
                _list(selected(row["ingredients"])),
                row["source"],
            )
            for row in table("allergy_classes")
        ),
        "allergy_crosses.tsv": _columns(
            "allergy_crosses", "class_a", "class_b", "likelihood", "words", "source"
        ),
        "doses.tsv": _lines(_doses()),
        "opioid_factors.tsv": _columns("opioid_factors", "ingredient", "morphine_mg_per_mg"),
        "ages.tsv": _lines(
            (
                _list(selected(row["ingredients"])),
                row["below_years"],
                row["from_years"],
                row["level"],
                row["words"],
                row["source"],
            )
            for row in table("ages")
        ),
        "medications.tsv": _lines(
            (
                row["ndc11"],
                row["name"],
                row["generic"],
                _list(listed(row["ingredients"])),
                _list(listed(row["strength"])),
                row["dosage_form"],
                _list(listed(row["route"])),
                row["dea_schedule"],
                row["source"],
            )
            for row in medications()
        ),
    }
    return {
        FOLDER + "interactions.bin": interactions.pack(),
        **{FOLDER + name: text for name, text in written.items()},
    }


def _doses() -> Iterable[tuple[str, ...]]:
    for row in table("doses"):
        if row["ingredient"] not in ingredients() or row["unit"] != "mg":
            raise TableError(f"doses.csv: {row['ingredient']} in {row['unit']}")
        yield tuple(
            row[name] for name in ("ingredient", "route", "low", "high", "per_days", "source")
        )


def _columns(name: str, *columns: str) -> str:
    return _lines(tuple(row[column] for column in columns) for row in table(name))


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(map(_field, row)) + "\n" for row in rows)


def _field(text: str) -> str:
    if "\t" in text or "\n" in text:
        raise TableError(f"no field of a compact table holds {text!r}")
    return text


def _list(members: Iterable[str]) -> str:
    return LIST.join(members)
