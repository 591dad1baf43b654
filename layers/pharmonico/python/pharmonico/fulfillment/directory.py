"""What fulfilment looks up and never changes: drugs, pharmacies, plans (all synthetic locally)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    field_validator,
    model_validator,
)

from pharmonico.kit.zones import ZONES, local_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

Schedule = Literal["CII", "CIII", "CIV", "CV"]
Tier = Literal["preferred", "standard"]
PriceSource = Literal["SYNTHETIC", "NADAC", "NONE"]
"""`NONE`: an imported package whose price nobody has told yet; it costs nothing until then."""
Minute = Annotated[int, Field(ge=0, le=1440)]
T = TypeVar("T")
Sorted = Annotated[frozenset[T], PlainSerializer(sorted, return_type=list)]
"""A set that is written in order, so that the same entry is always the same bytes."""


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
    price_unit: Literal["EA", "ML", "GM"] | None = None
    price_from: date | None = Field(default=None, description="The day the price holds from")
    source: str | None = Field(default=None, description="Where the entry is from")


class Place(Entry):
    """A street address; the ZIP has five digits."""

    line1: str
    city: str
    state: str = Field(pattern=r"^[A-Z]{2}$")
    postal_code: str = Field(pattern=r"^\d{5}$")


class Hours(Entry):
    """When a pharmacy works: minutes after midnight on the wall clock of its zone.

    `week` begins with Monday and has None for a day that stays closed; `holidays` stay closed too.
    A prescription chosen before the cut-off of a working day is dispensed by the next one.
    """

    zone: str
    week: tuple[tuple[Minute, Minute] | None, ...] = Field(min_length=7, max_length=7)
    next_day_cutoff: Minute
    holidays: Sorted[date] = frozenset()

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        if zone not in ZONES:
            raise ValueError(f"not a zone of the United States: {zone}")
        return zone

    def local(self, at: datetime) -> datetime:
        """The moment on the pharmacy's wall clock."""
        return local_time(self.zone, at)


class Closure(Entry):
    """Days on which a pharmacy takes nothing new, both ends included."""

    first: date
    last: date


class Listing(Entry):
    """What routing knows of a pharmacy.

    `licences` gives the last day of its licence to ship to each state, `networks` its tier in
    each, `limited_distribution` the drugs (first nine digits of the NDC) whose makers let only
    named pharmacies have them, `capacity` the prescriptions it takes a day.
    """

    pharmacy_id: str
    ncpdp_id: str = Field(pattern=r"^\d{7}$")
    name: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    licences: dict[str, date]
    networks: dict[str, Tier]
    capacity: int = Field(ge=0)
    accepting: bool = True
    is_open: bool = True
    closures: tuple[Closure, ...] = ()
    specialties: Sorted[str] = frozenset()
    limited_distribution: Sorted[str] = frozenset()
    cold_chain: bool = False
    dea_schedules: Sorted[Schedule] = Field(
        default=frozenset(), description="Schedules of its DEA registration"
    )
    hours: Hours
    on_time_rate: float = Field(ge=0, le=1)
    price_tier: Literal[1, 2, 3, 4] = Field(default=2, description="1 is the cheapest")


class Pharmacy(Listing):
    """A pharmacy with what claims, labels and people need besides."""

    npi: str = Field(pattern=r"^\d{10}$")
    synthetic: bool
    address: Place
    phone: str = Field(pattern=r"^\d{10}$")
    dea_number: str | None = Field(default=None, pattern=r"^[A-Z][A-Z9]\d{7}$")

    @model_validator(mode="after")
    def _is_registered(self) -> Self:
        if self.dea_schedules and self.dea_number is None:
            raise ValueError("controlled substances need a DEA number")
        return self


class Plan(Entry):
    """A payer's plan; an empty `group` stands for every group of the BIN and PCN."""

    bin: str
    pcn: str
    group: str
    name: str
    network: str
    federal: bool = Field(default=False, description="Of a federal or state health programme")
    is_copay_card: bool = False
    lock_in: Sorted[str] = Field(default=frozenset(), description="The only pharmacies it pays")


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


def pharmacy_id_of(ncpdp_id: str) -> str:
    """Our id of a pharmacy, so that one addressed by its NCPDP id is found by key."""
    return f"ph_{ncpdp_id}"
