"""The seed: synthetic, the same every time, valid by check digit, and enough for any patient."""

from __future__ import annotations

import pytest
from ncpdp import identifiers
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.fulfillment.routing.areas import Point
from pharmonico.fulfillment.routing.scoring import Need, Policy
from pharmonico.fulfillment.routing.search import search
from pharmonico.fulfillment.routing.zips import locate

from local.seed.medications import medications
from local.seed.pharmacies import FIELDS, pharmacies
from local.seed.plans import PLANS
from local.seed.prescribers import SAMPLE_NPI, prescriber_npis
from tests.builders import NOON

ZIPS = {"OH": "43201", "AK": "99701", "HI": "96720", "WY": "82801", "TX": "79901", "ME": "04769"}


def test_every_identifier_passes_its_check_digit_and_is_there_once() -> None:
    known = pharmacies()
    assert all(identifiers.is_npi(pharmacy.npi) for pharmacy in known)
    assert all(identifiers.is_ncpdp_id(pharmacy.ncpdp_id) for pharmacy in known)
    assert len({pharmacy.npi for pharmacy in known}) == len(known)
    assert len({pharmacy.pharmacy_id for pharmacy in known}) == len(known)
    assert all(map(identifiers.is_npi, prescriber_npis()))


def test_every_pharmacy_says_that_it_is_synthetic() -> None:
    assert all(pharmacy.synthetic and "synthetic" in pharmacy.name for pharmacy in pharmacies())


def test_the_seed_is_the_same_every_time() -> None:
    assert pharmacies() == pharmacies()


def test_the_samples_prescriber_and_pharmacy_are_in_it() -> None:
    assert SAMPLE_NPI in prescriber_npis()
    addressed = {pharmacy.ncpdp_id: pharmacy.npi for pharmacy in pharmacies()}
    assert addressed["2109886"] == "1502203312"


def test_the_catalogue_holds_the_samples_drugs_and_only_well_formed_codes() -> None:
    catalogue = {medication.ndc11: medication for medication in medications()}
    assert catalogue["00071015623"].dea_schedule is None
    assert catalogue["00024540131"].dea_schedule == "CIV"
    assert all(identifiers.ndc(code) == code for code in catalogue)
    assert all(medication.unit_price_minor > 0 for medication in catalogue.values())


def test_every_specialty_of_the_catalogue_has_pharmacies() -> None:
    assert {entry.specialty for entry in medications() if entry.specialty} <= set(FIELDS)


@pytest.mark.parametrize(("state", "postal_code"), ZIPS.items())
@pytest.mark.parametrize("specialty", [None, *FIELDS])
def test_any_patient_with_a_seeded_plan_finds_a_pharmacy(
    state: str, postal_code: str, specialty: str | None
) -> None:
    directory = MemoryDirectory(pharmacies=pharmacies(), plans=PLANS)
    home = locate(postal_code)
    assert home is not None
    for plan in PLANS:
        need = Need(
            home=Point(*home),
            state=state,
            at=NOON,
            plan=plan,
            specialty=specialty,
            cold_chain=specialty is not None,
        )
        assert search(need, directory=directory, policy=Policy()).ranked()
