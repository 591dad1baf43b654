"""Synthetic identifiers that pass their check digits."""

from __future__ import annotations

_NPI_PREFIX = "80840"


def npi(body: int) -> str:
    """A National Provider Identifier from its first nine digits."""
    digits = f"{body:09d}"
    total = 0
    for place, digit in enumerate(reversed(_NPI_PREFIX + digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the Luhn formula
    return digits + str(-total % 10)


def ncpdp_id(state: int, number: int) -> str:
    """An NCPDP provider id: two digits of state, four of number, the DEA formula's check digit."""
    digits = f"{state:02d}{number:04d}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return digits + str((odd + 2 * even) % 10)


def dea_number(letters: str, body: int) -> str:
    """A DEA registration: two letters, six digits, and the check digit of the same formula."""
    digits = f"{body:06d}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return f"{letters}{digits}{(odd + 2 * even) % 10}"
