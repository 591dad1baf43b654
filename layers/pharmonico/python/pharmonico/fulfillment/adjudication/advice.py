"""What a rejected claim means in words, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.telecom import Advice, advice_for, reject

LOCAL_WORDS = {
    "local.insurance_missing": "No insurance was entered",
    "local.bin_unsupported": "A BIN with eight digits cannot be billed yet",
    "local.product_missing": "No product of the catalogue was settled on",
    "local.price_missing": "The product has no price",
    "local.quantity_missing": "The prescription names no quantity",
    "local.days_supply_missing": "The prescription names no days' supply",
    "local.unbillable": "A fact does not fit into a claim",
    "local.unexpected_status": "The payer answered neither yes nor no",
    "local.card_excluded": "A copay card may not pay for members of a health programme",
}
_ALWAYS = ("rebill", "pay_cash")
_BY_CODE = {
    "75": ("ask_authorization", "approve_authorization", "deny_authorization", "appeal"),
    "88": ("answer_review",),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    code: str
    words: str


def meanings(codes: tuple[str, ...]) -> tuple[Meaning, ...]:
    return tuple(Meaning(code, LOCAL_WORDS.get(code) or reject(code).words) for code in codes)


def next_step(codes: tuple[str, ...]) -> str:
    """retry, correct, pharmacist or other_payer; what we found ourselves is to be corrected."""
    if any(code in LOCAL_WORDS for code in codes):
        return Advice.CORRECT
    return advice_for(codes) or Advice.CORRECT


def actions(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The worklist's commands that may help, the most likely first."""
    special = [action for code in codes for action in _BY_CODE.get(code, ())]
    return tuple(dict.fromkeys((*special, *_ALWAYS)))
