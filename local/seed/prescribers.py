"""Synthetic prescribers that the demo's provider system speaks for."""

from __future__ import annotations

from local.seed.identifiers import npi

SAMPLE_NPI = "1234567802"
SENDERS = ("1000000000001",)
_NPI_START = 199_950_000
COUNT = 20


def prescriber_npis() -> tuple[str, ...]:
    """The one of the sample messages and as many more; nobody real is meant."""
    return (SAMPLE_NPI, *(npi(_NPI_START + number) for number in range(COUNT)))
