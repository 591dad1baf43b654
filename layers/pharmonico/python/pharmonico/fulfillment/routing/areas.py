"""Area cells of half a degree, and how far it is from a point to a pharmacy or to a cell."""

from __future__ import annotations

from math import asin, cos, floor, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy

CELL_DEGREES = 0.5
EARTH_MILES = 3958.8
NATIONAL = "national"
"""The cell of pharmacies that ship everywhere: every search reads it."""


class Point(NamedTuple):
    lat: float
    lon: float


def area_of(point: Point) -> str:
    """The cell that holds the point: its south-west corner in half degrees, such as `79:-166`."""
    return f"{floor(point.lat / CELL_DEGREES)}:{floor(point.lon / CELL_DEGREES)}"


def miles_between(one: Point, other: Point) -> float:
    """Great-circle distance (haversine)."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(chord)))


def miles_at_least(point: Point, area: str) -> float:
    """No point of the cell is nearer than this; 0 inside it.

    The larger of the distances to the cell's band of latitude and to its nearer meridian: both
    are true lower bounds on a sphere, so that a search may stop on them.
    """
    south, west = (int(part) * CELL_DEGREES for part in area.split(":"))
    lat_gap = max(south - point.lat, point.lat - south - CELL_DEGREES, 0.0)
    to_band = EARTH_MILES * radians(lat_gap)
    lon_gap = _around(west, point.lon)
    to_meridian = EARTH_MILES * asin(cos(radians(point.lat)) * sin(radians(min(lon_gap, 90.0))))
    return max(to_band, to_meridian)


def _around(west: float, lon: float) -> float:
    """Degrees of longitude to the cell's nearer edge, the short way round; 0 between the edges."""
    past = (lon - west) % 360
    return 0.0 if past <= CELL_DEGREES else min(past - CELL_DEGREES, 360 - past)


def areas_of(pharmacy: Pharmacy) -> tuple[str, ...]:
    """The cells a pharmacy is listed in."""
    own = area_of(Point(pharmacy.lat, pharmacy.lon))
    return (own, NATIONAL) if pharmacy.ships_nationally else (own,)
