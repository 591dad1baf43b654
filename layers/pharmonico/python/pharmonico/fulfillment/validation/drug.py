"""The prescribed drug as the clinical tables know it: ingredients, reach, and its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.reference import medications
from pharmonico.reference.ingredients import ingredients_of

if TYPE_CHECKING:
    from ncpdp.script import Medication as Prescribed

    from pharmonico.fulfillment.validation.catalog import Product
    from pharmonico.reference.medications import Medicine

_REACHES_LITTLE = medications.LOCAL_ROUTES


@dataclass(frozen=True, slots=True)
class Drug:
    """`medicine` is the reference's package where the NDC leads to one."""

    words: str
    key: str
    ingredients: tuple[str, ...]
    is_systemic: bool
    medicine: Medicine | None


def drug_of(prescribed: Prescribed, product: Product) -> Drug:
    """By the catalogue's product where there is one, else by the words of the message.

    The key is the same for two packages of the same generic, strength and form.
    """
    known, words = product.medication, prescribed.drug_description or ""
    if known is None:
        return Drug(words, _plain(words), ingredients_of(words), is_systemic=True, medicine=None)
    medicine = medications.by_ndc(known.ndc11)
    routes = known.routes or (medicine.routes if medicine else ())
    return Drug(
        words=words or known.name,
        key="|".join(map(_plain, (known.generic, known.strength, known.dosage_form))),
        ingredients=known.ingredients
        or (medicine.ingredients if medicine else ())
        or ingredients_of(known.generic),
        is_systemic=not routes or not _REACHES_LITTLE.issuperset(routes),
        medicine=medicine,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
