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
class Code:
    """A code in words; `advice` where something follows from it."""

    code: str
    words: str
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Reject(Code):
    """A reject code; `is_certain` is False for words that are common use, not confirmed."""

    advice: Advice
    is_certain: bool = True


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
_COMMON_USE = {
    Advice.CORRECT: {
        "02": "Version missing or invalid",
        "03": "Transaction code missing or invalid",
        "10": "Patient gender missing or invalid",
        "11": "Patient relationship missing or invalid",
        "12": "Place of service missing or invalid",
        "13": "Other coverage code missing or invalid",
        "14": "Eligibility clarification missing or invalid",
        "15": "Date of service missing or invalid",
        "16": "Prescription number missing or invalid",
        "17": "Fill number missing or invalid",
        "20": "Compound code missing or invalid",
        "23": "Ingredient cost missing or invalid",
        "26": "Unit of measure missing or invalid",
        "29": "Number of refills missing or invalid",
        "32": "Level of service missing or invalid",
        "33": "Prescription origin missing or invalid",
        "34": "Submission clarification missing or invalid",
        "38": "Basis of cost missing or invalid",
        "50": "Pharmacy number does not match",
        "51": "Group id does not match",
        "52": "Cardholder id does not match",
        "53": "Person code does not match",
        "55": "Package size does not match",
        "56": "Prescriber id does not match",
        "62": "Patient and cardholder names do not match",
        "84": "Claim was not paid or captured",
        "86": "Reversal must be sent by hand",
        "87": "Reversal not processed",
        "DQ": "Usual and customary charge missing or invalid",
        "E7": "Quantity dispensed missing or invalid",
    },
    Advice.PHARMACIST: {
        "61": "Product not covered for the patient's sex",
        "64": "Claim does not match the prior authorization",
        "66": "Patient is older than the plan's limit",
        "71": "Prescriber is not covered",
        "73": "Refills are not covered",
        "78": "Cost exceeds the plan's limit",
        "E4": "DUR reason missing or invalid",
        "E5": "DUR service missing or invalid",
        "E6": "DUR result missing or invalid",
        "MR": "Product is not on the formulary",
    },
    Advice.OTHER_PAYER: {
        "67": "Filled before coverage began",
        "68": "Filled after coverage expired",
        "74": "Other payer's payment meets or exceeds what is payable",
    },
}


def _table(words: dict[Advice, dict[str, str]], *, is_certain: bool) -> dict[str, Reject]:
    return {
        code: Reject(code, text, advice, is_certain)
        for advice, table in words.items()
        for code, text in table.items()
    }


REJECTS = _table(_WORDS, is_certain=True) | _table(_COMMON_USE, is_certain=False)


def reject(code: str) -> Reject:
    """The entry of a code; one that is not in the table is for a pharmacist to look at."""
    unknown = Reject(code, "Reject code not in the table", Advice.PHARMACIST, is_certain=False)
    return REJECTS.get(code, unknown)


def is_retryable(codes: tuple[str, ...]) -> bool:
    """True when every code is a host or network condition that passes by itself."""
    return bool(codes) and all(reject(code).advice is Advice.RETRY for code in codes)


def advice_for(codes: tuple[str, ...]) -> Advice | None:
    """What to do about all of them: retry only if every code says so, then what is hardest."""
    if not codes:
        return None
    if is_retryable(codes):
        return Advice.RETRY
    advised = {reject(code).advice for code in codes}
    order = (Advice.OTHER_PAYER, Advice.PHARMACIST, Advice.CORRECT, Advice.RETRY)
    return next(advice for advice in order if advice in advised)
