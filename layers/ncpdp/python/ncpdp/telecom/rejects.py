"""Reject codes in words, and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Advice(StrEnum):
    """RETRY: send the same bytes again later. CORRECT: mend the claim and rebill. PHARMACIST: a
    pharmacist or prescriber has to act. OTHER_PAYER: bill somebody else, or offer a cash price."""

    RETRY = "retry"
    CORRECT = "correct"
    PHARMACIST = "pharmacist"
    OTHER_PAYER = "other_payer"


@dataclass(frozen=True, slots=True)
class Reject:
    code: str
    words: str
    advice: Advice


_WORDS = {
    Advice.RETRY: {
        "90": "Host hung up",
        "91": "Host response error",
        "92": "System unavailable or host unavailable",
        "95": "Time out",
        "96": "Scheduled downtime",
        "97": "Payer unavailable",
        "98": "Connection to payer is down",
    },
    Advice.CORRECT: {
        "01": "BIN missing or invalid",
        "04": "Processor control number missing or invalid",
        "05": "Service provider number missing or invalid",
        "06": "Group id missing or invalid",
        "07": "Cardholder id missing or invalid",
        "08": "Person code missing or invalid",
        "09": "Date of birth missing or invalid",
        "19": "Days supply missing or invalid",
        "21": "Product or service id missing or invalid",
        "22": "Dispense-as-written code missing or invalid",
        "25": "Prescriber id missing or invalid",
        "28": "Date prescription written missing or invalid",
        "39": "Diagnosis code missing or invalid",
        "54": "Product or service id does not match a known product",
        "77": "Product is discontinued",
        "82": "Claim is post-dated",
        "83": "Claim was paid before (duplicate)",
        "85": "Claim was not processed by the host",
        "99": "Host processing error",
    },
    Advice.PHARMACIST: {
        "60": "Product not covered for the patient's age",
        "75": "Prior authorization required",
        "76": "Plan limits exceeded",
        "79": "Refill too soon",
        "7X": "Days supply exceeds the plan's limit",
        "80": "Drug and diagnosis do not match",
        "81": "Claim is too old",
        "88": "Drug-use review reject",
    },
    Advice.OTHER_PAYER: {
        "40": "Pharmacy is not contracted with the plan on this date",
        "41": "Bill another payer first",
        "4W": "Must be filled through a specialty pharmacy",
        "65": "Patient is not covered",
        "69": "Filled after coverage ended",
        "70": "Product or service is not covered",
    },
}
REJECTS = {
    code: Reject(code, words, advice)
    for advice, table in _WORDS.items()
    for code, words in table.items()
}


def reject(code: str) -> Reject:
    """The entry of a code; one that is not in the table is for a pharmacist to look at."""
    return REJECTS.get(code) or Reject(code, "Reject code not in the table", Advice.PHARMACIST)


def is_retryable(codes: tuple[str, ...]) -> bool:
    """True when every code is a host or network condition that passes by itself."""
    return bool(codes) and all(reject(code).advice is Advice.RETRY for code in codes)
