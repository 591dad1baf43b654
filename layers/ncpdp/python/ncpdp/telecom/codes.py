"""Code lists of D.0 in our own words, and what follows from a code where something does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp.telecom.dur import DUR_EFFORTS, DUR_REASONS, DUR_RESULTS, DUR_SERVICES, SIGNIFICANCES
from ncpdp.telecom.rejects import REJECTS, Advice, Code

if TYPE_CHECKING:
    from collections.abc import Mapping


def _codes(words: Mapping[str, str], advice: Mapping[str, Advice] | None = None) -> dict[str, Code]:
    return {code: Code(code, text, (advice or {}).get(code)) for code, text in words.items()}


STATUSES = _codes(
    {
        "A": "Approved",
        "B": "Benefit shown",
        "C": "Captured: taken in, decided later",
        "D": "Duplicate of a paid claim: counts as paid",
        "F": "Prior authorization deferred",
        "P": "Paid",
        "Q": "Duplicate of a captured claim",
        "R": "Rejected: see the reject codes",
        "S": "Duplicate of an approved transaction",
    },
    {"F": Advice.PHARMACIST},
)
OTHER_COVERAGES = _codes(
    {
        "00": "Not specified",
        "01": "No other coverage",
        "02": "Other coverage exists and paid",
        "03": "Other coverage exists and did not cover this claim",
        "04": "Other coverage exists and its payment was not collected",
        "08": "Billing for the patient's share only (copay)",
    },
    dict.fromkeys(("02", "03", "04", "08"), Advice.OTHER_PAYER),
)
NEEDS_OTHER_PAYERS = frozenset({"02", "03", "04", "08"})
"""Other-coverage codes that speak of a payer before this one, who stands in segment 05."""

TABLES: dict[str, Mapping[str, Code]] = {
    "status": STATUSES,
    "reject": REJECTS,
    "other_coverage": OTHER_COVERAGES,
    "dur_reason": DUR_REASONS,
    "dur_service": DUR_SERVICES,
    "dur_result": DUR_RESULTS,
    "dur_effort": DUR_EFFORTS,
    "significance": SIGNIFICANCES,
    "gender": _codes({"0": "Not specified", "1": "Male", "2": "Female"}),
    "relationship": _codes(
        {"0": "Not specified", "1": "Cardholder", "2": "Spouse", "3": "Child", "4": "Other"}
    ),
    "reference_qualifier": _codes(
        {"1": "Prescription billing", "2": "Service billing", "3": "Non-prescription product"}
    ),
    "compound": _codes({"0": "Not specified", "1": "Not a compound", "2": "Compound"}),
    "daw": _codes(
        {
            "0": "No product selection indicated",
            "1": "Prescriber allows no substitution",
            "2": "Patient asked for the brand",
            "3": "Pharmacist chose the brand",
            "4": "Generic not in stock",
            "5": "Brand dispensed as the generic",
            "6": "Override",
            "7": "Brand required by law",
            "8": "Generic not available on the market",
            "9": "Plan asks for the brand",
        }
    ),
    "origin": _codes(
        {
            "0": "Not known",
            "1": "Written",
            "2": "Telephone",
            "3": "Electronic",
            "4": "Facsimile",
            "5": "Pharmacy",
        }
    ),
    "unit": _codes({"EA": "Each", "GM": "Grams", "ML": "Milliliters"}),
    "dispensing_status": _codes({"P": "Partial fill", "C": "Completion of a partial fill"}),
    "prescriber_qualifier": _codes({"01": "NPI", "08": "State license", "12": "DEA number"}),
    "other_pharmacy": _codes(
        {
            "0": "Not specified",
            "1": "Your pharmacy",
            "2": "Other pharmacy of the same chain",
            "3": "Other pharmacy",
        }
    ),
    "other_prescriber": _codes(
        {"0": "Not specified", "1": "Same prescriber", "2": "Other prescriber"}
    ),
}
CLOSED = frozenset(
    {"status", "gender", "relationship", "reference_qualifier", "compound", "daw", "origin"}
    | {"dispensing_status", "unit", "other_coverage", "significance"}
)
"""Tables that are known to be whole: another code is a finding. The others are explained only."""

SHAPES = {
    **dict.fromkeys(("dur_reason", "dur_service", "dur_result"), re.compile("[A-Z0-9]{2}")),
    "dur_effort": re.compile("[0-9]{2}"),
    "reject": re.compile("[A-Z0-9]{2,3}"),
}
"""How codes look of which the tables may not have every one."""


def entry(table: str, code: str) -> Code | None:
    """What a code means, when its table has it; other-coverage codes may come without a zero."""
    found = TABLES[table].get(code)
    if found is None and table == "other_coverage":
        return OTHER_COVERAGES.get(code.zfill(2))
    return found
