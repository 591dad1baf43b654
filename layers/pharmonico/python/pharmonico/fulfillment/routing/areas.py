"""Area cells on the globe, and how far it is from a point to a pharmacy or to a box of them."""

from __future__ import annotations

from math import asin, cos, dist, radians, sin, sqrt
from typing import NamedTuple

EARTH_MILES = 3958.8
CELL_BITS = 16
"""Halvings of the globe in each direction: a cell is a third of a mile high."""

Vector = tuple[float, float, float]
FULL_CIRCLE, HALF_CIRCLE, QUARTER_CIRCLE = 360.0, 180.0, 90.0


class Point(NamedTuple):
    lat: float
    lon: float


class Box(NamedTuple):
    """A rectangle of latitudes and longitudes; `west` to `east` runs eastward."""

    south: float
    west: float
    north: float
    east: float


def area_of(point: Point) -> int:
    """The cell that holds the point, numbered so that neighbours mostly have near numbers.

    The bits of latitude and longitude take turns (Morton order, as in a geohash): whatever shares
    its first bits shares a larger cell.
    """
    lat = _cell((point.lat + QUARTER_CIRCLE) / HALF_CIRCLE)
    lon = _cell((point.lon + HALF_CIRCLE) / FULL_CIRCLE)
    return _spread(lat) << 1 | _spread(lon)


def miles_between(one: Point, other: Point) -> float:
    """Great-circle distance (haversine)."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(chord)))


def vector_of(point: Point) -> Vector:
    """The point on a sphere of radius 1, from which distances are cheap."""
    lat, lon = radians(point.lat), radians(point.lon)
    return (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))


def miles_apart(one: Vector, other: Vector) -> float:
    """The same distance as `miles_between`, to within an inch, in a third of the time."""
    return 2 * EARTH_MILES * asin(min(1.0, dist(one, other) / 2))


def miles_at_least(point: Point, box: Box) -> float:
    """No point of the box is nearer than this; 0 inside it.

    The larger of the distances to the box's band of latitude and to its nearer meridian: both
    are true lower bounds on a sphere, so that a search may stop on them.
    """
    lat_gap = max(box.south - point.lat, point.lat - box.north, 0.0)
    to_band = EARTH_MILES * radians(lat_gap)
    lon_gap = min(_around(point.lon, box), QUARTER_CIRCLE)
    to_meridian = EARTH_MILES * asin(cos(radians(point.lat)) * sin(radians(lon_gap)))
    return max(to_band, to_meridian)


def _around(lon: float, box: Box) -> float:
    """Degrees of longitude to the box's nearer edge, the short way round; 0 between the edges."""
    width = box.east - box.west
    past = (lon - box.west) % FULL_CIRCLE
    return 0.0 if past <= width else min(past - width, FULL_CIRCLE - past)


def _cell(share: float) -> int:
    return min(int(share * (1 << CELL_BITS)), (1 << CELL_BITS) - 1)


def _spread(number: int) -> int:
    """The bits of a 16-bit number, each followed by a gap."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        number = (number | number << shift) & mask
    return number
