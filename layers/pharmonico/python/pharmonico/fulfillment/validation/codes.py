"""Every finding code of the validation stage: how grave it is, and who may answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Severity = Literal["error", "warning", "info"]


class Release(StrEnum):
    """Who may let a held prescription go on in spite of the finding."""

    OPS = "ops"
    PHARMACIST = "pharmacist"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Code:
    """`is_drug_fact` findings cannot be released on a controlled substance at all."""

    severity: Severity
    holds: bool
    release: Release = Release.PHARMACIST
    is_drug_fact: bool = False


_IDENTITY = Code("error", holds=True, release=Release.OPS)
_DRUG = Code("error", holds=True, is_drug_fact=True)
_PRODUCT = Code("warning", holds=True, is_drug_fact=True)
_UNBILLABLE = Code("error", holds=True, release=Release.NOBODY, is_drug_fact=True)
_SHOWN = Code("warning", holds=False)
_CLINICAL = Code("warning", holds=True)

CODES: dict[str, Code] = {
    "npi.check_digit": _IDENTITY,
    "demographics.missing": _IDENTITY,
    "patient.mismatch": _IDENTITY,
    "dea.missing": _DRUG,
    "dea.check_digit": _DRUG,
    "epcs.signature_missing": Code("error", holds=True, release=Release.NOBODY),
    "ndc.malformed": _DRUG,
    "ndc.ambiguous": _DRUG,
    "ndc.unknown": _PRODUCT,
    "ndc.absent": _PRODUCT,
    "ndc.read_as": Code("info", holds=False),
    "dosage_form.mismatch": _DRUG,
    "quantity.not_positive": _UNBILLABLE,
    "days_supply.missing": _UNBILLABLE,
    "sig.missing": _DRUG,
    "written_date.malformed": _UNBILLABLE,
    "written_date.future": _DRUG,
    "written_date.expired": _DRUG,
    "refills.not_allowed": _DRUG,
    "dea.surname": _SHOWN,
    "duplicate.same_order": _CLINICAL,
    "duplicate.therapy": _CLINICAL,
    "interaction.contraindicated": _CLINICAL,
    "interaction.major": _CLINICAL,
    "interaction.moderate": _SHOWN,
    "interaction.minor": Code("info", holds=False),
    "allergy.substance": _CLINICAL,
    "allergy.class": _CLINICAL,
    "allergy.unread": _SHOWN,
    "dose.unusual": _SHOWN,
    "age.unusual": _SHOWN,
}
"""An absent or unknown NDC is no error: SCRIPT's NDC is representative. It holds all the same,
until a pharmacist names the product that will be dispensed and billed. What cannot be billed has
to be changed by the prescriber, so nobody can release it. What is clinical is a pharmacist's to
judge, on a controlled substance too: it changes no fact of the drug. Codes of the codec that are
not listed here are shown as warnings and hold nothing."""

PRODUCT_CODES = frozenset({"ndc.malformed", "ndc.ambiguous", "ndc.unknown", "ndc.absent"})


def code_of(code: str) -> Code:
    return CODES.get(code, _SHOWN)
