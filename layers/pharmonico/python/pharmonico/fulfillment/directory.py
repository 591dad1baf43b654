"""What fulfilment looks up and never changes: drugs, pharmacies, plans (all synthetic locally)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterable

Schedule = Literal["CII", "CIII", "CIV", "CV"]
Tier = Literal["preferred", "standard"]
PriceSource = Literal["SYNTHETIC", "NADAC", "NONE"]
"""`NONE`: an imported package whose price nobody has told yet; it costs nothing until then."""


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Medication(Entry):
    """One package of the catalogue.

    `ingredients` are names of `pharmonico.reference.ingredients`, with a strength for each where
    the source has one. A unit costs fractions of a cent, so its price is exact and not rounded.
    """

    ndc11: str = Field(pattern=r"^\d{11}$")
    name: str
    generic: str
    ingredients: tuple[str, ...] = ()
    dosage_form: str
    routes: tuple[str, ...] = ()
    strength: str
    labeler: str | None = None
    dea_schedule: Schedule | None = None
    specialty: str | None = Field(default=None, description="Field of a specialty drug")
    cold_chain: bool = False
    limited_distribution: bool = Field(
        default=False, description="Only pharmacies named by its maker have it"
    )
    rems: str | None = Field(default=None, description="Its safety program with obligations")
    unit_price_minor: Decimal = Field(ge=0, description="US cents per billing unit")
    price_source: PriceSource = "SYNTHETIC"
    source: str | None = Field(default=None, description="Where the entry is from")


class Place(Entry):
    """A street address; the ZIP has five digits."""

    line1: str
    city: str
    state: str = Field(pattern=r"^[A-Z]{2}$")
    postal_code: str = Field(pattern=r"^\d{5}$")


class Hours(Entry):
    """Minutes after midnight in the zone's standard time.

    Daylight saving is left out: it moves an answer that is worth 5 points of 100 by one hour,
    and the Lambda runtime carries no zone data.
    """

    utc_offset_minutes: int
    opens: int = Field(ge=0, le=1440)
    closes: int = Field(ge=0, le=1440)
    next_day_cutoff: int = Field(ge=0, le=1440)


class Pharmacy(Entry):
    """`capacity` and `load` count prescriptions a day, `networks` gives its tier in each."""

    pharmacy_id: str
    ncpdp_id: str = Field(pattern=r"^\d{7}$")
    npi: str = Field(pattern=r"^\d{10}$")
    name: str
    synthetic: bool
    address: Place
    phone: str = Field(pattern=r"^\d{10}$")
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    licensed_states: frozenset[str]
    networks: dict[str, Tier]
    capacity: int = Field(ge=0)
    load: int = Field(ge=0)
    specialties: frozenset[str] = frozenset()
    cold_chain: bool = False
    controlled: bool = False
    ships_nationally: bool = False
    is_open: bool = True
    hours: Hours
    on_time_rate: float = Field(ge=0, le=1)


class Plan(Entry):
    """A payer's plan; an empty `group` stands for every group of the BIN and PCN."""

    bin: str
    pcn: str
    group: str
    name: str
    network: str
    federal: bool = False
    lock_in: frozenset[str] = Field(default=frozenset(), description="The only pharmacies it pays")


class Directory(Protocol):
    """Read-only reference data; every answer is typed, an unknown key is None or empty."""

    def medication(self, ndc11: str) -> Medication | None: ...

    def medications(self, ndc11s: Iterable[str]) -> tuple[Medication, ...]:
        """Those of the codes that the catalogue knows."""
        ...

    def pharmacy(self, pharmacy_id: str) -> Pharmacy | None: ...

    def plan(self, bin_: str, pcn: str, group: str) -> Plan | None:
        """The plan of this group, else the one that holds for every group."""
        ...

    def occupied_areas(self) -> frozenset[str]:
        """The area cells that hold a pharmacy, so that a search reads no empty one."""
        ...

    def pharmacies_in(self, area: str) -> tuple[Pharmacy, ...]: ...


def pharmacy_id_of(ncpdp_id: str) -> str:
    """Our id of a pharmacy, so that one addressed by its NCPDP id is found by key."""
    return f"ph_{ncpdp_id}"
