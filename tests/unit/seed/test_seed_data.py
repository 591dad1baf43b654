"""The seed: synthetic, the same every time, valid by check digit, and enough for any patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ncpdp import identifiers
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.loads import MemoryLoads
from pharmonico.fulfillment.routing.areas import Point, miles_between
from pharmonico.fulfillment.routing.need import Need
from pharmonico.fulfillment.routing.scoring import Policy
from pharmonico.fulfillment.routing.search import search
from pharmonico.fulfillment.routing.zips import locate
from pharmonico.reference import zips

from local.seed.crowd import crowd
from local.seed.fields import FIELDS
from local.seed.medications import medications
from local.seed.pharmacies import pharmacies
from local.seed.plans import PLANS
from local.seed.prescribers import SAMPLE_NPI, prescriber_npis
from tests.builders import NOON

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy

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
    directory, loads = MemoryDirectory(pharmacies=pharmacies()), MemoryLoads()
    home = locate(postal_code)
    assert home is not None
    for plan in PLANS:
        need = Need(
            home=home,
            state=state,
            at=NOON,
            network=plan.network,
            specialty=specialty,
            cold_chain=specialty is not None,
        )
        found = search(need, directory=directory, rosters=directory, loads=loads, policy=Policy())
        assert found.candidates


@pytest.fixture(scope="module")
def many() -> tuple[Pharmacy, ...]:
    return tuple(crowd(3000, seed=7, limited=["000710155"]))


def test_a_crowd_is_as_large_as_asked_and_the_same_for_the_same_seed(
    many: tuple[Pharmacy, ...],
) -> None:
    assert len({each.pharmacy_id for each in many}) == 3000
    assert tuple(crowd(20, seed=7, limited=["000710155"])) == many[:20]
    assert tuple(crowd(20, seed=8)) != many[:20]


def test_a_crowds_identifiers_pass_their_check_digits_and_are_nobodys_of_the_hand_made(
    many: tuple[Pharmacy, ...],
) -> None:
    assert all(identifiers.is_npi(each.npi) for each in many)
    assert all(identifiers.is_ncpdp_id(each.ncpdp_id) for each in many)
    assert all(identifiers.is_dea(each.dea_number) for each in many if each.dea_number)
    every = (*many, *pharmacies())
    for name in ("pharmacy_id", "npi"):
        assert len({getattr(each, name) for each in every}) == len(every)


def test_a_crowd_lies_on_real_zips_and_says_that_it_is_synthetic(
    many: tuple[Pharmacy, ...],
) -> None:
    for each in many:
        place = zips.locate(each.address.postal_code)
        assert place is not None
        assert (place.state, place.is_approximate) == (each.address.state, False)
        assert miles_between(Point(place.lat, place.lon), Point(each.lat, each.lon)) < 3
        assert each.synthetic
        assert "synthetic" in each.name


def test_a_crowd_has_everybody_a_rule_is_about(many: tuple[Pharmacy, ...]) -> None:
    kinds = {
        "mail order": sum(len(each.licences) > 40 for each in many),
        "unregistered": sum(not each.dea_schedules for each in many),
        "limited": sum(bool(each.limited_distribution) for each in many),
        "away": sum(bool(each.closures) for each in many),
        "shut": sum(not each.is_open for each in many),
        "full up": sum(not each.accepting for each in many),
        "expired": sum(min(each.licences.values()) < NOON.date() for each in many),
    }
    assert all(0 < count < len(many) / 2 for count in kinds.values()), kinds
