"""Where a ZIP code lies: interior points of the US Census 2010 ZCTAs (see data/README.md)."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

from pharmonico.fulfillment.routing.areas import Point

ZIP_DIGITS = 5
RECORD_BYTES = 9
SCALE = 10_000
_FILE = Path(__file__).parent / "data" / "zip_centroids.bin"


def locate(postal_code: str) -> Point | None:
    """The point of a ZIP (or ZIP+4), else the middle of its three-digit area, else None."""
    digits = postal_code[:ZIP_DIGITS]
    if len(digits) < ZIP_DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    number, table = int(digits), _table()
    at = _index(table, number)
    if at < _rows(table) and _zip(table, at) == number:
        return _point(table, at)
    return _middle(table, number - number % 100)


def _middle(table: bytes, first: int) -> Point | None:
    rows = range(_index(table, first), _index(table, first + 100))
    points = [_point(table, row) for row in rows]
    if not points:
        return None
    lats, lons = zip(*points, strict=True)
    return Point(sum(lats) / len(points), sum(lons) / len(points))


@lru_cache(maxsize=1)
def _table() -> bytes:
    """300 KB of sorted records, read on first use and searched in place."""
    return _FILE.read_bytes()


def _rows(table: bytes) -> int:
    return len(table) // RECORD_BYTES


def _index(table: bytes, number: int) -> int:
    return bisect_left(range(_rows(table)), number, key=lambda row: _zip(table, row))


def _zip(table: bytes, row: int) -> int:
    return _number(table, row, 0)


def _point(table: bytes, row: int) -> Point:
    return Point(_number(table, row, 3) / SCALE, _number(table, row, 6) / SCALE)


def _number(table: bytes, row: int, offset: int) -> int:
    start = row * RECORD_BYTES + offset
    return int.from_bytes(table[start : start + 3], "big", signed=True)
