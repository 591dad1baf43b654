"""Money for the eye: minor units to `$12.34`."""

from __future__ import annotations


def dollars(amount_minor: int) -> str:
    sign = "-" if amount_minor < 0 else ""
    whole, cents = divmod(abs(amount_minor), 100)
    return f"{sign}${whole:,}.{cents:02d}"
