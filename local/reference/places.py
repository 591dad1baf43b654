"""Every ZIP code of the packaged source with its city, state, point and standard time.

The source is the `zipcodes` package: delivery ZIPs of the US Postal Service, points of GeoNames.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zipcodes

MILITARY = "MILITARY"
DELIVERED = "STANDARD"
_HOURS = {
    "America/Adak": -10,
    "America/Anchorage": -9,
    "America/Boise": -7,
    "America/Chicago": -6,
    "America/Denver": -7,
    "America/Detroit": -5,
    "America/Indiana/Knox": -6,
    "America/Indiana/Tell_City": -6,
    "America/Juneau": -9,
    "America/Los_Angeles": -8,
    "America/Menominee": -6,
    "America/Metlakatla": -9,
    "America/New_York": -5,
    "America/Nome": -9,
    "America/Phoenix": -7,
    "America/Puerto_Rico": -4,
    "America/Sitka": -9,
    "America/St_Thomas": -4,
    "America/Yakutat": -9,
    "Pacific/Chuuk": 10,
    "Pacific/Guam": 10,
    "Pacific/Honolulu": -10,
    "Pacific/Majuro": 12,
    "Pacific/Pago_Pago": -11,
    "Pacific/Palau": 9,
    "Pacific/Saipan": 10,
}
_HOURS_BY_REGION = {
    "America/Indiana/": -5,
    "America/Kentucky/Louisville": -5,
    "America/Kentucky/Monticello": -5,
    "America/North_Dakota/": -6,
}
_HOURS_BY_STATE = {"AK": -9}
"""For the rows whose zone is misspelt in the source."""


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """`is_delivered`: houses get mail there, unlike a ZIP of post boxes or of one addressee.

    `area_code` is the first of its telephone area codes, or empty.
    """

    postal_code: str
    city: str
    state: str
    lat: float
    lon: float
    utc_offset_minutes: int
    is_delivered: bool
    area_code: str = ""


@lru_cache(maxsize=1)
def places() -> tuple[ZipPlace, ...]:
    """All with a point, sorted by ZIP; military post offices are left out."""
    every: list[dict[str, Any]] = zipcodes.list_all()  # type: ignore[no-untyped-call] # untyped there
    rows = (_place(row) for row in every if row["zip_code_type"] != MILITARY)
    found = (place for place in rows if place)
    return tuple(sorted(found, key=lambda place: place.postal_code))


def delivered() -> tuple[ZipPlace, ...]:
    """The ZIPs in which people and pharmacies have a street address."""
    return tuple(place for place in places() if place.is_delivered)


def _place(row: dict[str, Any]) -> ZipPlace | None:
    lat, lon = float(row["lat"] or 0), float(row["long"] or 0)
    if lat == 0 or lon == 0:
        return None
    return ZipPlace(
        postal_code=row["zip_code"],
        city=row["city"],
        state=row["state"],
        lat=lat,
        lon=lon,
        utc_offset_minutes=60 * _hours(row["timezone"], row["state"]),
        is_delivered=row["active"] and row["zip_code_type"] == DELIVERED,
        area_code=next(iter(row["area_codes"]), ""),
    )


def _hours(zone: str, state: str) -> int:
    """Standard time's hours from UTC."""
    if zone in _HOURS:
        return _HOURS[zone]
    named = (hours for start, hours in _HOURS_BY_REGION.items() if zone.startswith(start))
    hours = next(named, None)
    return _HOURS_BY_STATE[state] if hours is None else hours
