"""What every directory answers, whichever store is behind it; the suites inherit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.directory import Plan
from pharmonico.fulfillment.routing.areas import NATIONAL, Point, area_of

from tests.prescribing import COLUMBUS, NDC, PLAN, ZOLPIDEM, a_medication, a_pharmacy

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory

HOME = area_of(Point(*COLUMBUS))
LOCAL = a_pharmacy(1)
SHIPPER = a_pharmacy(2, ships_nationally=True, specialties={"oncology"}, cold_chain=True)
FAR = a_pharmacy(3, lat=61.2, lon=-149.9)
ANY_GROUP = Plan(bin="610014", pcn="MEDDPRIME", group="", name="Others", network="medicare")
MEDICATIONS = (a_medication(), ZOLPIDEM)
PHARMACIES = (LOCAL, SHIPPER, FAR)
PLANS = (PLAN, ANY_GROUP)


class DirectoryContract:
    """A subclass gives the fixture `directory`, filled with the entries above."""

    def test_a_medication_is_found_as_it_was_put(self, directory: Directory) -> None:
        assert directory.medication(NDC) == a_medication()
        assert directory.medication(ZOLPIDEM.ndc11) == ZOLPIDEM

    def test_an_unknown_medication_is_none(self, directory: Directory) -> None:
        assert directory.medication("00000000001") is None

    def test_of_several_codes_the_known_ones_are_answered(self, directory: Directory) -> None:
        assert directory.medications(["00000000001", NDC]) == (a_medication(),)

    def test_a_pharmacy_is_found_by_id_with_everything_about_it(self, directory: Directory) -> None:
        assert directory.pharmacy(SHIPPER.pharmacy_id) == SHIPPER
        assert directory.pharmacy("ph_unknown") is None

    def test_a_plan_is_found_by_its_group_else_by_all_groups(self, directory: Directory) -> None:
        assert directory.plan("610014", "MEDDPRIME", "EXGRP01") == PLAN
        assert directory.plan("610014", "MEDDPRIME", "OTHER") == ANY_GROUP
        assert directory.plan("610014", "MEDDPRIME", "") == ANY_GROUP
        assert directory.plan("999999", "", "") is None

    def test_the_occupied_areas_are_those_that_hold_a_pharmacy(self, directory: Directory) -> None:
        far = area_of(Point(FAR.lat, FAR.lon))
        assert directory.occupied_areas() == {HOME, far, NATIONAL}

    def test_an_area_lists_its_pharmacies(self, directory: Directory) -> None:
        by_id = {pharmacy.pharmacy_id: pharmacy for pharmacy in directory.pharmacies_in(HOME)}
        assert by_id == {LOCAL.pharmacy_id: LOCAL, SHIPPER.pharmacy_id: SHIPPER}

    def test_who_ships_everywhere_is_listed_in_the_national_area_too(
        self, directory: Directory
    ) -> None:
        assert directory.pharmacies_in(NATIONAL) == (SHIPPER,)

    def test_an_empty_area_has_nobody(self, directory: Directory) -> None:
        assert directory.pharmacies_in("0:0") == ()
