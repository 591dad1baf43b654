"""Prescribers with numbers that pass their check digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.seed.identifiers import dea_number, npi
from local.synthetic.addresses import address_at, phone_at, place_of
from local.synthetic.draws import COUNT_MAX, dice_of, weighted
from local.synthetic.names import MARK, family_name, given_name, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.synthetic.addresses import Address

NPI_START, DEA_START = 197_000_000, 200_000


@dataclass(frozen=True, slots=True)
class _Calling:
    credentials: str
    specialty: str
    taxonomy: str
    registrants: str


_CALLINGS = {
    _Calling("MD", "Family Medicine", "207Q00000X", "ABF"): 0.26,
    _Calling("DO", "Family Medicine", "207Q00000X", "ABF"): 0.08,
    _Calling("MD", "Internal Medicine", "207R00000X", "ABF"): 0.18,
    _Calling("MD", "Pediatrics", "208000000X", "ABF"): 0.06,
    _Calling("MD", "Cardiovascular Disease", "207RC0000X", "ABF"): 0.05,
    _Calling("MD", "Endocrinology", "207RE0101X", "ABF"): 0.03,
    _Calling("MD", "Rheumatology", "207RR0500X", "ABF"): 0.03,
    _Calling("MD", "Hematology and Oncology", "207RH0003X", "ABF"): 0.04,
    _Calling("MD", "Infectious Disease", "207RI0200X", "ABF"): 0.02,
    _Calling("MD", "Neurology", "2084N0400X", "ABF"): 0.03,
    _Calling("MD", "Psychiatry", "2084P0800X", "ABF"): 0.04,
    _Calling("NP", "Family Nurse Practitioner", "363LF0000X", "M"): 0.12,
    _Calling("PA", "Physician Assistant", "363A00000X", "M"): 0.06,
}


@dataclass(frozen=True, slots=True)
class Prescriber:
    """`dea_number` is None for one who prescribes no controlled substances."""

    prescriber_id: str
    npi: str
    dea_number: str | None
    state_license: str
    first_name: str
    middle_name: str
    last_name: str
    credentials: str
    specialty: str
    taxonomy: str
    practice: str
    address: Address
    phone: str
    fax: str
    email: str
    is_synthetic: bool = True


def prescriber(number: int, *, seed: int = 1) -> Prescriber:
    """One prescriber."""
    dice = dice_of("prescriber", seed, number)
    calling, place = weighted(dice, _CALLINGS), place_of(dice)
    first, last = given_name(dice, dice.choice("FM")), family_name(dice)
    registered = dice.random() < 0.9  # noqa: PLR2004 - the share that is registered
    letters = f"{dice.choice(calling.registrants)}{last[0]}"
    return Prescriber(
        prescriber_id=f"prescriber-{number:06d}",
        npi=npi(NPI_START + number),
        dea_number=dea_number(letters, (DEA_START + number) % COUNT_MAX) if registered else None,
        state_license=f"{place.state}-SYN-{number:06d}",
        first_name=first,
        middle_name=MARK,
        last_name=last,
        credentials=calling.credentials,
        specialty=calling.specialty,
        taxonomy=calling.taxonomy,
        practice=f"{place.city} {calling.specialty} Associates (synthetic)",
        address=address_at(dice, place),
        phone=phone_at(dice, place),
        fax=phone_at(dice, place),
        email=f"{plain(first)}.{plain(last)}.{number}@clinic.example",
    )


def prescribers(count: int, *, seed: int = 1) -> Iterator[Prescriber]:
    """So many prescribers, made one by one."""
    return (prescriber(number, seed=seed) for number in range(count))
