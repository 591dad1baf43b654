"""Identifiers and demographics of patient, prescriber and pharmacy, and the payer's numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.script.checking.places import Place
    from ncpdp.script.model.contact import Address, Contact
    from ncpdp.script.model.coverage import Benefits
    from ncpdp.script.model.people import Facility, Patient, Pharmacy
    from ncpdp.script.model.prescriber import Prescriber

_PHONE_DIGITS = 10
_PHONES = ("primary_telephone", "home_telephone", "work_telephone", "fax", "beeper")
_ZIP = re.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
_STATE = re.compile(r"[A-Z]{2}")
BENEFITS_MAX = 4


def patient(value: Patient, place: Place) -> Iterator[Finding]:
    """Name, birth date and gender make a person, a name an animal; how to reach them, too."""
    name = value.name
    full = name and name.last_name and name.first_name
    wanted = {
        "name": full or (value.is_animal and name),
        "date_of_birth": value.is_animal or value.date_of_birth,
        "gender": value.is_animal or value.gender,
    }
    for attribute, present in wanted.items():
        if not present:
            words = f"The patient's {attribute.replace('_', ' ')} is missing."
            yield place.step(attribute).error("demographics.missing", None, words)
    yield from address(value.address, place)
    yield from contact(value.contact, place)


def prescriber(value: Prescriber, place: Place) -> Iterator[Finding]:
    """NPI, which a veterinarian need not have, and name."""
    if value.npi or not value.is_veterinarian:
        yield from _npi(value.npi, place, "prescriber")
    if not (value.name and value.name.last_name):
        yield place.step("name").warning("name.missing", None, "The prescriber's name is missing.")
    yield from _person(value, place)


def colleague(value: Prescriber, place: Place) -> Iterator[Finding]:
    """A supervisor or the like: numbers need not be there, but must be right."""
    if value.npi:
        yield from _npi(value.npi, place, "prescriber")
    yield from _person(value, place)


def _person(value: Prescriber, place: Place) -> Iterator[Finding]:
    yield from _dea(value, place)
    yield from address(value.address, place)
    yield from contact(value.contact, place)


def pharmacy(value: Pharmacy, place: Place) -> Iterator[Finding]:
    yield from _npi(value.npi, place, "pharmacy")
    here = place.step("ncpdp_id")
    if not value.ncpdp_id:
        yield here.error("ncpdp_id.missing", None, "The pharmacy has no NCPDP id.")
    elif problem := identifiers.ncpdp_id_problem(value.ncpdp_id):
        yield here.error(f"ncpdp_id.{problem}", value.ncpdp_id, "The NCPDP id is not valid.")
    if value.dea_number and (problem := identifiers.dea_problem(value.dea_number)):
        words = "The DEA number is not valid."
        yield place.step("dea_number").error(f"dea.{problem}", value.dea_number, words)
    yield from address(value.address, place)
    yield from contact(value.contact, place)


def facility(value: Facility, place: Place) -> Iterator[Finding]:
    if value.npi:
        yield from _npi(value.npi, place, "facility")
    if value.ncpdp_id and (problem := identifiers.ncpdp_id_problem(value.ncpdp_id)):
        words = "The NCPDP id is not valid."
        yield place.step("ncpdp_id").error(f"ncpdp_id.{problem}", value.ncpdp_id, words)
    yield from address(value.address, place)
    yield from contact(value.contact, place)


def benefits(value: Benefits, place: Place) -> Iterator[Finding]:
    if value.bin and not identifiers.is_bin(value.bin):
        yield place.step("bin").error("bin.malformed", value.bin, "The BIN is not 6 or 8 digits.")


def address(value: Address | None, place: Place) -> Iterator[Finding]:
    """Postal code and state of an address in the United States."""
    if value is None or value.country not in {None, "US", "USA"}:
        return
    if value.postal_code and not _ZIP.fullmatch(value.postal_code):
        here = place.step("address").step("postal_code")
        words = "A postal code has five or nine digits."
        yield here.warning("postal_code.malformed", value.postal_code, words)
    if value.state and not _STATE.fullmatch(value.state):
        here = place.step("address").step("state")
        yield here.warning("state.malformed", value.state, "A state has two capital letters.")


def contact(value: Contact | None, place: Place) -> Iterator[Finding]:
    """Numbers have ten digits."""
    if value is None:
        return
    for attribute in _PHONES:
        phone = getattr(value, attribute)
        number = phone and phone.number
        if number and not (len(number) == _PHONE_DIGITS and number.isdigit()):
            here = place.step("contact").step(attribute).step("number")
            yield here.warning("phone.malformed", number, "A phone number has ten digits.")


def _npi(value: str | None, place: Place, owner: str) -> Iterator[Finding]:
    here = place.step("npi")
    if not value:
        yield here.error("npi.missing", None, f"The {owner} has no NPI.")
    elif problem := identifiers.npi_problem(value):
        yield here.error(f"npi.{problem}", value, f"The {owner}'s NPI is not valid.")


def _dea(value: Prescriber, place: Place) -> Iterator[Finding]:
    if not value.dea_number:
        return
    here = place.step("dea_number")
    parts = identifiers.dea(value.dea_number)
    if parts is None:
        problem = identifiers.dea_problem(value.dea_number)
        yield here.error(f"dea.{problem}", value.dea_number, "The DEA number is not valid.")
        return
    surname = (value.name and value.name.last_name) or ""
    if surname and not parts.fits_surname(surname):
        words = "The DEA number does not belong to the surname's initial."
        yield here.warning("dea.surname", value.dea_number, words)
