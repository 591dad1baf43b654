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
