"""Identifiers of the trade: what is well-formed, and what only looks so.

Each `*_problem` function gives None for a good value, else the short code of what is wrong. No
value surprises them: None, and whatever else is no text, is malformed like any wrong text.
Rules: NPI by the CMS check-digit notice, DEA by the registration number formula, NDC by the
three FDA shapes, ICD-10-CM by the shape of its codes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DOUBLED = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}
_NPI = re.compile(r"[12][0-9]{9}")
# Practitioners, hospitals and pharmacies share A B F G; the first letter of a number says which
# register it is from, not more. I, N, O, Q and V to Z (but X) start no number.
_DEA_TYPES = {
    **dict.fromkeys("ABCFG", "practitioner"),
    "D": "teaching institution",
    "E": "manufacturer",
    "H": "analytical lab",
    "J": "importer",
    "K": "exporter",
    "L": "reverse distributor",
    "M": "mid-level",
    **dict.fromkeys("PR", "distributor"),
    **dict.fromkeys("STU", "narcotic treatment program"),
    "X": "practitioner",
}
_DEA = re.compile(rf"([{''.join(_DEA_TYPES)}])([A-Z9])([0-9]{{6}})([0-9])")
_DEA_SUFFIX = re.compile(r"[0-9A-Z]{1,15}")
_NCPDP_ID = re.compile(r"[0-9]{7}")
_NDC_SHAPES = ((4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2))
_NDC_DIGITS = 11
_NDC_PLACEHOLDERS = frozenset({"0" * _NDC_DIGITS, "9" * _NDC_DIGITS})
_BIN = re.compile(r"[0-9]{6}|[0-9]{8}")
_PCN = re.compile(r"[!-~](?:[ -~]{0,8}[!-~])?")
_ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?")


def _plain(value: object) -> str:
    """The value if it is ASCII text, whose letters have one upper case only, else nothing."""
    return value if isinstance(value, str) and value.isascii() else ""


def npi_problem(value: str | None) -> str | None:
    """`malformed`, or `check_digit` when the Luhn sum over 80840 + NPI does not end in 0."""
    text = _plain(value)
    if not _NPI.fullmatch(text):
        return "malformed"
    return None if _luhn("80840" + text) == 0 else "check_digit"


def _luhn(digits: str) -> int:
    """The Luhn sum: from the right every second digit is doubled, and its own digits added."""
    return (sum(map(int, digits[::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))) % 10


def is_npi(value: str | None) -> bool:
    return npi_problem(value) is None


@dataclass(frozen=True, slots=True)
class Dea:
    """The parts of a DEA number: `initial` is the surname's first letter, or 9 for a business."""

    number: str
    registrant_type: str
    initial: str
    suffix: str = ""

    def fits_surname(self, surname: str) -> bool:
        """False warns only: names change, registrations stay; an accent makes no other letter."""
        plain = unicodedata.normalize("NFKD", surname).strip().upper()
        return self.initial == "9" or plain.startswith(self.initial)


def dea_problem(value: str | None) -> str | None:
    """`malformed` or `check_digit`; lower case and a hospital suffix (`-001AB`) are accepted."""
    number, dash, suffix = _plain(value).upper().partition("-")
    match = _DEA.fullmatch(number)
    if not match or (dash and not _DEA_SUFFIX.fullmatch(suffix)):
        return "malformed"
    return None if _dea_check_digit(match[3]) == int(match[4]) else "check_digit"


def _dea_check_digit(six: str) -> int:
    digits = [int(digit) for digit in six]
    return (sum(digits[0::2]) + 2 * sum(digits[1::2])) % 10


def dea(value: str | None) -> Dea | None:
    """The parts of a valid DEA number, or None."""
    if dea_problem(value) is not None:
        return None
    number, _, suffix = _plain(value).upper().partition("-")
    return Dea(number, _DEA_TYPES[number[0]], number[1], suffix)


def is_dea(value: str | None) -> bool:
    return dea_problem(value) is None


def ncpdp_id_problem(value: str | None) -> str | None:
    """A pharmacy's seven digits, checked by the DEA formula."""
    text = _plain(value)
    if not _NCPDP_ID.fullmatch(text):
        return "malformed"
    return None if _dea_check_digit(text[:6]) == int(text[6]) else "check_digit"


def is_ncpdp_id(value: str | None) -> bool:
    return ncpdp_id_problem(value) is None


def ndc_problem(value: str | None) -> str | None:
    """`ambiguous` for ten digits without hyphens, `placeholder`, or `malformed`."""
    text = _plain(value)
    if re.fullmatch(r"[0-9]{10}", text):
        return "ambiguous"
    digits = _ndc_digits(text)
    if digits is None:
        return "malformed"
    return "placeholder" if digits in _NDC_PLACEHOLDERS else None


def ndc(value: str | None) -> str | None:
    """The 11 digits (5-4-2) of an NDC, or None where that would be a guess."""
    return _ndc_digits(_plain(value)) if ndc_problem(value) is None else None


def _ndc_digits(value: str) -> str | None:
    if re.fullmatch(r"[0-9]{11}", value):
        return value
    groups = value.split("-")
    if not re.fullmatch(r"[0-9-]+", value) or tuple(map(len, groups)) not in _NDC_SHAPES:
        return None
    labeler, product, package = groups
    return labeler.zfill(5) + product.zfill(4) + package.zfill(2)


def ndc_candidates(value: str | None) -> tuple[str, ...]:
    """The three readings of ten digits without hyphens, to be looked up; else the one NDC."""
    if ndc_problem(value) != "ambiguous":
        known = ndc(value)
        return (known,) if known else ()
    ten = _plain(value)
    return (f"0{ten}", f"{ten[:5]}0{ten[5:]}", f"{ten[:9]}0{ten[9:]}")


def is_bin(value: str | None) -> bool:
    """Six digits, or the eight of an IIN."""
    return bool(_BIN.fullmatch(_plain(value)))


def is_pcn(value: str | None) -> bool:
    """One to ten printable characters."""
    return bool(_PCN.fullmatch(_plain(value)))


def is_icd10cm(value: str | None) -> bool:
    """The shape only; whether the code exists is a matter for a code table."""
    return bool(_ICD10.fullmatch(_plain(value).upper()))
