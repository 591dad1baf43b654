"""What every directory answers, whichever store is behind it; the suites inherit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.directory import Plan

from tests.prescribing import NDC, PLAN, ZOLPIDEM, a_medication, a_pharmacy, licences

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory

LOCAL = a_pharmacy(1)
SHIPPER = a_pharmacy(
    2, licences=licences("OH", "KY", "AK"), specialties={"oncology"}, cold_chain=True
)
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
