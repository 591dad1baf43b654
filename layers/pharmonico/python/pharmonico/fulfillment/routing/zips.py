"""Where a ZIP code lies, as a point of the search."""

from __future__ import annotations

from pharmonico.fulfillment.routing.areas import Point
from pharmonico.reference import zips


def locate(postal_code: str) -> Point | None:
    """The point of a ZIP (or ZIP+4), else the middle of its three-digit area, else None."""
    found = zips.locate(postal_code)
    return Point(found.lat, found.lon) if found else None
