"""NPPES: of millions of providers the pharmacies with an NCPDP id, trusted for facts alone."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest

from local.importing.nppes import Nppes
from local.importing.running import Files, run
from local.seed.identifiers import ncpdp_id, npi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pharmonico.fulfillment.directory import Pharmacy

    from local.importing.records import Counts

TODAY = date(2026, 9, 15)
NCPDP, NPI = ncpdp_id(36, 8901), npi(199_700_001)
COLUMNS = [
    "NPI",
    "Entity Type Code",
    "Provider Organization Name (Legal Business Name)",
    "Provider Other Organization Name",
    "Provider First Line Business Practice Location Address",
    "Provider Business Practice Location Address City Name",
    "Provider Business Practice Location Address State Name",
    "Provider Business Practice Location Address Postal Code",
    "Provider Business Practice Location Address Telephone Number",
    "NPI Deactivation Date",
    "NPI Reactivation Date",
    *(f"Healthcare Provider Taxonomy Code_{n}" for n in range(1, 16)),
    *(f"Provider License Number State Code_{n}" for n in range(1, 16)),
    *(f"Other Provider Identifier_{n}" for n in range(1, 51)),
    *(f"Other Provider Identifier Issuer_{n}" for n in range(1, 51)),
]
PHARMACY = {
    "NPI": NPI,
    "Entity Type Code": "2",
    "Provider Organization Name (Legal Business Name)": "EXAMPLE HOLDINGS, INC.",
    "Provider Other Organization Name": 'EXAMPLE PHARMACY "NORTH", NO. 1',
    "Provider First Line Business Practice Location Address": "1 EXAMPLE ST, SUITE 2",
    "Provider Business Practice Location Address City Name": "COLUMBUS",
    "Provider Business Practice Location Address State Name": "OH",
    "Provider Business Practice Location Address Postal Code": "432150001",
    "Provider Business Practice Location Address Telephone Number": "614-555-0100",
    "Healthcare Provider Taxonomy Code_2": "3336C0003X",
    "Provider License Number State Code_2": "KY",
    "Other Provider Identifier_7": NCPDP,
    "Other Provider Identifier Issuer_7": "NCPDP",
}


@dataclass
class MemoryPharmacies:
    entries: dict[str, Pharmacy] = field(default_factory=dict)

    def known(self, pharmacy_ids: Iterable[str]) -> dict[str, Pharmacy]:
        return {each: self.entries[each] for each in pharmacy_ids if each in self.entries}

    def put(self, entries: Iterable[Pharmacy]) -> None:
        self.entries.update({entry.pharmacy_id: entry for entry in entries})


@pytest.fixture
def pharmacies() -> MemoryPharmacies:
    return MemoryPharmacies()


@pytest.fixture
def import_nppes(
    pharmacies: MemoryPharmacies, files: Callable[[bytes], Files]
) -> Callable[..., Counts]:
    def doing(*changes: dict[str, str], assume: bool = False) -> Counts:
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows({**PHARMACY, **change} for change in changes)
        given = files(out.getvalue().encode())
        importer = Nppes(pharmacies, TODAY, assume=assume)
        return run(importer, given, show=lambda _at, _counts: None)

    return doing


def test_a_pharmacy_is_known_by_who_and_where_it_is(
    import_nppes: Callable[..., Counts], pharmacies: MemoryPharmacies
) -> None:
    assert import_nppes({}).kept == 1
    found = pharmacies.entries[f"ph_{NCPDP}"]
    assert (found.name, found.npi, found.phone) == (
        'EXAMPLE PHARMACY "NORTH", NO. 1',
        NPI,
        "6145550100",
    )
    assert (found.address.line1, found.address.postal_code) == ("1 EXAMPLE ST, SUITE 2", "43215")
    assert (found.lat, found.lon) == pytest.approx((39.97, -83.0), abs=0.05)
    assert found.hours.zone == "America/New_York"
    assert found.synthetic is False


def test_a_new_pharmacy_takes_nothing_until_its_profile_is_filled_in(
    import_nppes: Callable[..., Counts], pharmacies: MemoryPharmacies
) -> None:
    import_nppes({})
    found = pharmacies.entries[f"ph_{NCPDP}"]
    assert (found.accepting, found.licences, found.networks, found.capacity) == (False, {}, {}, 0)


def test_guesses_are_made_only_when_asked_for(
    import_nppes: Callable[..., Counts], pharmacies: MemoryPharmacies
) -> None:
    import_nppes({}, assume=True)
    found = pharmacies.entries[f"ph_{NCPDP}"]
    assert found.accepting
    assert found.licences == {"OH": date(2027, 12, 31), "KY": date(2027, 12, 31)}
    assert found.dea_schedules == frozenset()


def test_a_pharmacy_that_is_known_keeps_its_profile(
    import_nppes: Callable[..., Counts], pharmacies: MemoryPharmacies
) -> None:
    import_nppes({}, assume=True)
    import_nppes({"Provider Other Organization Name": "", "NPI": npi(199_700_002)})
    found = pharmacies.entries[f"ph_{NCPDP}"]
    assert (found.name, found.npi) == ("EXAMPLE HOLDINGS, INC.", npi(199_700_002))
    assert found.accepting
    assert set(found.licences) == {"OH", "KY"}


def test_the_register_under_its_old_name_counts_too(
    import_nppes: Callable[..., Counts], pharmacies: MemoryPharmacies
) -> None:
    import_nppes({"Other Provider Identifier Issuer_7": "NABP NUMBER"})
    assert f"ph_{NCPDP}" in pharmacies.entries


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Healthcare Provider Taxonomy Code_2": "207Q00000X"}, "passed_over"),
        (
            {
                "Healthcare Provider Taxonomy Code_2": "207Q00000X",
                "Other Provider Identifier_8": "3336999",
            },
            "not_a_pharmacy",
        ),
        ({"Entity Type Code": "1"}, "not_an_organization"),
        ({"NPI Deactivation Date": "01/02/2020"}, "deactivated"),
    ],
)
def test_others_are_skipped_by_their_reason(
    import_nppes: Callable[..., Counts],
    pharmacies: MemoryPharmacies,
    change: dict[str, str],
    reason: str,
) -> None:
    assert import_nppes(change).skipped == {reason: 1}
    assert pharmacies.entries == {}


def test_one_that_was_reactivated_is_kept(import_nppes: Callable[..., Counts]) -> None:
    dates = {"NPI Deactivation Date": "01/02/2020", "NPI Reactivation Date": "01/03/2020"}
    assert import_nppes(dates).kept == 1


ADDRESS = "Provider Business Practice Location Address"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"NPI": "1234567890"}, "npi.check_digit"),
        ({"Other Provider Identifier Issuer_7": "MEDICAID"}, "ncpdp_id.missing"),
        ({"Other Provider Identifier_7": "3689010"}, "ncpdp_id.check_digit"),
        ({"Other Provider Identifier_7": NCPDP[1:]}, "ncpdp_id.check_digit"),
        ({f"{ADDRESS} State Name": "ONTARIO"}, "state.unknown"),
        ({f"{ADDRESS} Postal Code": "4321"}, "zip.malformed"),
        ({f"{ADDRESS} Postal Code": "4321512"}, "zip.malformed"),
        ({f"{ADDRESS} Postal Code": "00001"}, "zip.unknown"),
        ({f"{ADDRESS} Telephone Number": "555-0100"}, "phone.malformed"),
    ],
)
def test_a_pharmacy_that_cannot_be_right_is_rejected_with_its_code(
    import_nppes: Callable[..., Counts],
    pharmacies: MemoryPharmacies,
    change: dict[str, str],
    code: str,
) -> None:
    counts = import_nppes(change, {})
    assert counts.rejected == {code: 1}
    assert counts.kept == 1
    assert len(pharmacies.entries) == 1
