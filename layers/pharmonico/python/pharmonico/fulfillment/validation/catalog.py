"""Which product of the catalogue a message means; where two fit, nobody guesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp import identifiers

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory, Medication


@dataclass(frozen=True, slots=True)
class Product:
    """The catalogue's entry where one was found, and the code of what was odd about the NDC."""

    medication: Medication | None
    problem: str | None = None


def product_of(sent: str | None, *, directory: Directory) -> Product:
    """Look an NDC up as it was sent: 11 digits, with hyphens, or 10 digits read in three ways."""
    if not sent:
        return Product(None, "ndc.absent")
    candidates = identifiers.ndc_candidates(sent)
    if not candidates:
        return Product(None, "ndc.malformed")
    found = directory.medications(candidates)
    if len(found) == 1:
        read = found[0]
        return Product(read, None if read.ndc11 == sent else "ndc.read_as")
    return Product(None, "ndc.ambiguous" if len(candidates) > 1 else "ndc.unknown")


_FAMILIES = {
    "tablet": "tablet",
    "capsule": "capsule",
    "solution": "liquid",
    "suspension": "liquid",
    "syrup": "liquid",
    "liquid": "liquid",
    "emulsion": "liquid",
    "injection": "injection",
    "cream": "skin",
    "ointment": "skin",
    "gel": "skin",
    "lotion": "skin",
    "patch": "patch",
}
_FAMILY_BY_NCIT = {
    "C42998": "tablet",
    "C42931": "tablet",
    "C42893": "tablet",
    "C42897": "tablet",
    "C42905": "tablet",
    "C42927": "tablet",
    "C42930": "tablet",
    "C42999": "tablet",
    "C48542": "tablet",
    "C25158": "capsule",
    "C42902": "capsule",
    "C42916": "capsule",
    "C48480": "capsule",
    "C42986": "liquid",
    "C42994": "liquid",
    "C42996": "liquid",
    "C42945": "injection",
    "C42946": "injection",
    "C28944": "skin",
    "C42966": "skin",
    "C42934": "skin",
    "C29167": "skin",
    "C42968": "patch",
}
"""NCI Thesaurus codes (public domain) of dosage forms and dosing units; others say nothing."""


def family_of_form(dosage_form: str) -> str | None:
    """The family of a catalogue form such as `tablet, film coated`."""
    return _FAMILIES.get(dosage_form.split(",", maxsplit=1)[0].strip().casefold())


def family_of_code(ncit: str | None) -> str | None:
    return _FAMILY_BY_NCIT.get(ncit or "")
