"""Makes a catalogue entry of what a file says of a product, keeping what only the catalogue knows.

A file of the FDA knows neither prices nor storage, specialty or safety programs: an entry that the
catalogue has keeps its own, a new one takes those of a curated package with the same ingredients
and form, and has no price until one is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ncpdp import identifiers
from pharmonico.fulfillment.directory import Medication
from pharmonico.reference.ingredients import ingredients_of

from local.importing.records import Rejected, Skipped
from local.seed.medications import PRICE, medications

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PRESCRIPTION = "HUMAN PRESCRIPTION DRUG"
SCHEDULES = frozenset({"", "CII", "CIII", "CIV", "CV"})
NAME_MAX = 200
_OWN = ("specialty", "cold_chain", "limited_distribution", "rems")


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the FDA lists it; `substances` are (name, strength) in its order."""

    kind: str
    name: str
    generic: str
    dosage_form: str
    routes: tuple[str, ...]
    labeler: str
    substances: tuple[tuple[str, str], ...]
    dea_schedule: str
    ends: str


def checked(product: Product, *, today: date) -> Product:
    """The product; `Skipped` when nobody is prescribed it, `Rejected` when facts are missing."""
    if product.kind.upper() != PRESCRIPTION:
        raise Skipped("not_a_prescription_drug")
    if product.ends and product.ends.replace("-", "") < f"{today:%Y%m%d}":
        raise Skipped("no_longer_marketed")
    if not product.name or not product.generic or len(product.generic) > NAME_MAX * 5:
        raise Rejected("name.missing", "The product has no name.", product.generic[:NAME_MAX])
    if not product.dosage_form:
        raise Rejected("dosage_form.missing", "The product has no dosage form.", product.name)
    if product.dea_schedule not in SCHEDULES:
        words = "The DEA schedule is none that a pharmacy dispenses."
        raise Rejected("dea_schedule.unknown", words, product.dea_schedule)
    return product


def ndc_of(sent: str) -> str:
    """The eleven digits; `Rejected` when they would be a guess."""
    ndc = identifiers.ndc(sent)
    if ndc is None:
        problem = identifiers.ndc_problem(sent) or "malformed"
        raise Rejected(f"ndc.{problem}", "The package's NDC has none of the known shapes.", sent)
    return ndc


def medication_of(ndc11: str, product: Product, *, source: str) -> Medication:
    """The entry, without what only the catalogue knows."""
    ingredients, strengths = _contents(product)
    facts: dict[str, Any] = {
        "ndc11": ndc11,
        "name": product.name[:NAME_MAX],
        "generic": product.generic.lower()[:NAME_MAX],
        "ingredients": ingredients,
        "dosage_form": product.dosage_form.lower(),
        "routes": tuple(route.lower() for route in product.routes),
        "strength": "; ".join(strengths),
        "labeler": product.labeler[:NAME_MAX],
        "dea_schedule": product.dea_schedule or None,
        "unit_price_minor": 0,
        "price_source": "NONE",
        "source": source,
    }
    twin = _twins().get((frozenset(ingredients), _form(product.dosage_form)))
    if twin is not None and ingredients:
        facts |= {name: getattr(twin, name) for name in _OWN}
    return Medication.model_validate(facts)


def merged(entry: Medication, known: Medication | None) -> Medication:
    """The entry as the file has it, with the flags and the price the catalogue has."""
    if known is None:
        return entry
    kept = {name: getattr(known, name) for name in (*_OWN, *PRICE)}
    return entry.model_copy(update=kept)


def strength_of(number: str, unit: str) -> str:
    """`10`, `mg/1` as `10 mg`; `.5` as `0.5`."""
    number = f"0{number}" if number.startswith(".") else number
    return f"{number} {unit.removesuffix('/1')}".strip()


def _contents(product: Product) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ingredients and a strength for each; without strengths where the two do not pair up."""
    known: dict[str, str] = {}
    is_paired = True
    for name, strength in product.substances:
        found = ingredients_of(name)
        is_paired = is_paired and len(found) == 1 and found[0] not in known and bool(strength)
        known.update(dict.fromkeys(found, strength))
    if not product.substances:
        return ingredients_of(product.generic), ()
    strengths: Sequence[str] = tuple(known.values()) if is_paired else ()
    return tuple(known), tuple(strengths) or tuple(each for _, each in product.substances if each)


@lru_cache(maxsize=1)
def _twins() -> dict[tuple[frozenset[str], str], Medication]:
    """A curated package for each combination of ingredients and form."""
    return {(frozenset(each.ingredients), _form(each.dosage_form)): each for each in medications()}


def _form(dosage_form: str) -> str:
    return dosage_form.split(",", maxsplit=1)[0].strip().lower()
