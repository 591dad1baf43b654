"""What every source of rosters answers, whichever store is behind it; the suites inherit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.directory import Listing
from pharmonico.fulfillment.routing.areas import Point

from tests.contract.directory_contract import FAR, LOCAL, SHIPPER
from tests.prescribing import COLUMBUS, a_pharmacy

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.roster import Roster, Rosters

UNLICENSED = a_pharmacy(4, licences={}, lat=40.1)
KNOWN = (LOCAL, SHIPPER, FAR, UNLICENSED)


def names(roster: Roster) -> list[str]:
    """Everybody on it, outward from Columbus."""
    return [each.pharmacy_id for each in roster.nearest(Point(*COLUMBUS))]


def listed(pharmacy: Pharmacy, state: str) -> Listing:
    """What a state's roster knows of it: everything of a listing, and that state's licence."""
    facts = {name: getattr(pharmacy, name) for name in Listing.model_fields}
    ends = {to: until for to, until in pharmacy.licences.items() if to == state}
    return Listing(**{**facts, "licences": ends})


class RostersContract:
    """A subclass gives the fixture `rosters`, filled with the pharmacies above."""

    def test_a_state_lists_who_may_ship_to_it_and_who_lies_in_it(self, rosters: Rosters) -> None:
        assert set(names(rosters.roster("OH"))) == {each.pharmacy_id for each in KNOWN}
        assert names(rosters.roster("AK")) == [SHIPPER.pharmacy_id]

    def test_a_roster_keeps_everything_that_routing_asks(self, rosters: Rosters) -> None:
        nearest = rosters.roster("OH").nearest(Point(*COLUMBUS))
        found = {each.pharmacy_id: each for each in nearest}
        assert found == {each.pharmacy_id: listed(each, "OH") for each in KNOWN}

    def test_the_roster_goes_outward_from_the_patient(self, rosters: Rosters) -> None:
        far_last = names(rosters.roster("OH"))[2:]
        assert far_last == [UNLICENSED.pharmacy_id, FAR.pharmacy_id]

    def test_a_state_without_pharmacies_has_an_empty_roster(self, rosters: Rosters) -> None:
        assert names(rosters.roster("GU")) == []
