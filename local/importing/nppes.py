"""CMS's NPPES register (npidata_pfile_*.csv): its pharmacies that have an NCPDP id.

The register says who and where a pharmacy is, not what routing must know: licences with their end,
networks, capacity, hours. A new pharmacy therefore takes no prescriptions until its profile is
filled in, unless `assume` fills it with stated guesses for a demonstration.

Columns: https://download.cms.gov/nppes/NPI_Files.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from ncpdp import identifiers
from pharmonico.fulfillment.directory import Hours, Pharmacy, Place, pharmacy_id_of
from pharmonico.reference import zips

from local.importing.delimited import Layout, plain, records
from local.importing.records import Counts, Rejected, Skipped
from local.seed.plans import NETWORKS
from local.seed.zones import ZONE_OF_STATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from local.importing.pharmacies import Pharmacies
    from local.importing.records import Position, Record

TAXONOMIES, IDENTIFIERS = 15, 50
PHARMACY = "3336"
"""Taxonomy codes of pharmacies begin with it."""
ORGANIZATION = "2"
ISSUERS = ("NCPDP", "NABP")
_PRACTICE = "Provider Business Practice Location Address"
LINE1 = "Provider First Line Business Practice Location Address"
NAME = "Provider Organization Name (Legal Business Name)"
LAYOUT = Layout(
    columns=(
        "NPI",
        "Entity Type Code",
        NAME,
        "Provider Other Organization Name",
        LINE1,
        *(f"{_PRACTICE} {part}" for part in ("City Name", "State Name", "Postal Code")),
        f"{_PRACTICE} Telephone Number",
        "NPI Deactivation Date",
        "NPI Reactivation Date",
        "Healthcare Provider Taxonomy Code_1",
        "Other Provider Identifier_1",
        "Other Provider Identifier Issuer_1",
    ),
    hint=PHARMACY.encode(),
)
_KEPT_OF_NEW = ("name", "npi", "address", "phone", "lat", "lon")
WEEKDAY, CUTOFF = (9 * 60, 18 * 60), 15 * 60
ASSUMED_CAPACITY, ASSUMED_ON_TIME = 100, 0.9


@dataclass(frozen=True, slots=True)
class Nppes:
    """Pharmacies into the directory."""

    pharmacies: Pharmacies
    today: date
    assume: bool = False
    kind: str = "nppes"

    def read(self, file: BinaryIO, start: Position) -> Iterator[Record]:
        """Every provider; only lines that name a pharmacy's taxonomy are looked into."""
        return records(file, LAYOUT, start)

    def entry(self, value: dict[str, Any]) -> Pharmacy:
        """A pharmacy that can be addressed."""
        _check_wanted(value)
        npi = value["npi"]
        if not identifiers.is_npi(npi):
            raise Rejected("npi.check_digit", "The NPI is not valid.", npi)
        ncpdp_id, address = _ncpdp_id(value), _address(value)
        point = zips.locate(address.postal_code)
        if point is None:
            raise Rejected("zip.unknown", "Nobody knows where the ZIP lies.", address.postal_code)
        return Pharmacy(
            pharmacy_id=pharmacy_id_of(ncpdp_id),
            ncpdp_id=ncpdp_id,
            npi=npi,
            name=value[plain("Provider Other Organization Name")] or value[plain(NAME)],
            synthetic=False,
            address=address,
            phone=_phone(value[plain(f"{_PRACTICE} Telephone Number")]),
            lat=point.lat,
            lon=point.lon,
            hours=_hours(address.state),
            **self._profile(value, address.state),
        )

    def keep(self, entries: Sequence[Pharmacy]) -> Counts:
        """Store who and where they are; a pharmacy that is known keeps its profile."""
        known = self.pharmacies.known(entry.pharmacy_id for entry in entries)
        self.pharmacies.put(_merged(entry, known.get(entry.pharmacy_id)) for entry in entries)
        return Counts()

    def _profile(self, value: dict[str, Any], state: str) -> dict[str, Any]:
        if not self.assume:
            nothing = {"licences": {}, "networks": {}, "capacity": 0, "on_time_rate": 0}
            return {**nothing, "accepting": False}
        states = {state, *_licence_states(value)} & ZONE_OF_STATE.keys()
        return {
            "licences": dict.fromkeys(sorted(states), date(self.today.year + 1, 12, 31)),
            "networks": dict.fromkeys(NETWORKS, "standard"),
            "capacity": ASSUMED_CAPACITY,
            "on_time_rate": ASSUMED_ON_TIME,
        }


def _check_wanted(value: dict[str, Any]) -> None:
    codes = _numbered(value, "Healthcare Provider Taxonomy Code", TAXONOMIES)
    if not any(code.startswith(PHARMACY) for code in codes):
        raise Skipped("not_a_pharmacy")
    if value[plain("Entity Type Code")] != ORGANIZATION:
        raise Skipped("not_an_organization")
    if value[plain("NPI Deactivation Date")] and not value[plain("NPI Reactivation Date")]:
        raise Skipped("deactivated")


def _ncpdp_id(value: dict[str, Any]) -> str:
    """The identifier whose issuer is the NCPDP, by its name of today or the one before."""
    codes = _numbered(value, "Other Provider Identifier", IDENTIFIERS)
    issuers = _numbered(value, "Other Provider Identifier Issuer", IDENTIFIERS)
    issued = zip(codes, issuers, strict=True)
    found = [code for code, issuer in issued if any(name in issuer.upper() for name in ISSUERS)]
    if not found:
        raise Rejected("ncpdp_id.missing", "The register has no NCPDP id.", value["npi"])
    valid = next(filter(identifiers.is_ncpdp_id, found), None)
    if valid is None:
        raise Rejected("ncpdp_id.check_digit", "The NCPDP id is not valid.", found[0])
    return valid


def _address(value: dict[str, Any]) -> Place:
    state = value[plain(f"{_PRACTICE} State Name")].upper()
    postal_code = value[plain(f"{_PRACTICE} Postal Code")]
    if state not in ZONE_OF_STATE:
        raise Rejected("state.unknown", "The state is none of the United States.", state)
    if not re.match(r"\d{5}(?!\d{1,3}$)", postal_code):
        raise Rejected("zip.malformed", "The ZIP has neither five digits nor nine.", postal_code)
    return Place(
        line1=value[plain(LINE1)],
        city=value[plain(f"{_PRACTICE} City Name")],
        state=state,
        postal_code=postal_code[:5],
    )


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if not re.fullmatch(r"[2-9]\d{9}", digits):
        raise Rejected("phone.malformed", "The telephone number has not ten digits.", text)
    return digits


def _hours(state: str) -> Hours:
    """Weekdays nine to six: nobody asked, so nobody relies on more."""
    zone = ZONE_OF_STATE[state]
    return Hours(zone=zone, week=(*[WEEKDAY] * 5, None, None), next_day_cutoff=CUTOFF)


def _licence_states(value: dict[str, Any]) -> set[str]:
    return {
        state.upper()
        for state in _numbered(value, "Provider License Number State Code", TAXONOMIES)
        if state
    }


def _numbered(value: dict[str, Any], column: str, count: int) -> list[str]:
    """The columns `…_1` to `…_count`; one that a file lacks is empty."""
    return [str(value.get(plain(f"{column}_{number}"), "")) for number in range(1, count + 1)]


def _merged(entry: Pharmacy, known: Pharmacy | None) -> Pharmacy:
    if known is None:
        return entry
    return known.model_copy(update={name: getattr(entry, name) for name in _KEPT_OF_NEW})
