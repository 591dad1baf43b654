"""What a patient agrees to: each text with a version, and a hash that says which words were shown.

Whoever changes a text gives it a new version and leaves the old one in `RETIRED`, so that a record
signed yesterday can still be explained.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pharmonico.kit.errors import FieldError, Invalid

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Consent
    from pharmonico.fulfillment.enrollment.agreements import Agreement

Language = Literal["en", "es"]


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One consent in one language."""

    id: str
    version: str
    language: Language
    title: str
    text: str

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


CURRENT: tuple[ConsentText, ...] = (
    ConsentText(
        "treatment",
        "2026-11",
        "en",
        "Filling and delivery",
        "I agree that a pharmacy fills and delivers what my clinic ordered.",
    ),
    ConsentText(
        "privacy",
        "2026-11",
        "en",
        "Use of my information",
        "I have read how my health information is used: to fill, bill and deliver this order, "
        "and for nothing else.",
    ),
    ConsentText(
        "treatment",
        "2026-11",
        "es",
        "Preparación y entrega",
        "Acepto que una farmacia prepare y entregue lo que pidió mi clínica.",
    ),
    ConsentText(
        "privacy",
        "2026-11",
        "es",
        "Uso de mi información",
        "He leído cómo se usa mi información de salud: para preparar, cobrar y entregar este "
        "pedido, y para nada más.",
    ),
)
RETIRED: tuple[ConsentText, ...] = ()


def consents(language: Language) -> tuple[ConsentText, ...]:
    """The texts to be shown, in their order; every one of them is required."""
    return tuple(each for each in CURRENT if each.language == language)


def text_of(agreement: Agreement) -> ConsentText | None:
    """The words that were agreed to, by their hash; None for words that we never had."""
    return next(
        (
            each
            for each in (*CURRENT, *RETIRED)
            if (each.id, each.version, each.text_hash)
            == (agreement.id, agreement.version, agreement.text_hash)
        ),
        None,
    )


def check_agreements(consent: Consent) -> None:
    """Each agreement is to a text we show now, and none is missing.

    A signature that does not say under which words it stands is none. Raises Invalid
    `consent.outdated` naming the place of the first that is wrong.
    """
    current = [text_of(each) for each in consent.agreements]
    for place, text in enumerate(current):
        if text is None or text in RETIRED:
            raise _outdated(f"/agreements/{place}")
    if {text.id for text in current if text} != {text.id for text in CURRENT}:
        raise _outdated("/agreements")


def _outdated(pointer: str) -> Invalid:
    return Invalid(
        "consent.outdated",
        "Other consents are asked for now; show them anew.",
        (FieldError(pointer, "consent.outdated", "Nobody is asked this now."),),
    )
