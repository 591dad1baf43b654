"""Where a ZIP code lies, and in which state; an unknown one by its three-digit area.

`data/zips.bin` (see data/README.md) holds columns, so that a look-up searches at most a hundred
bytes: the number of rows and of states (two unsigned 16-bit numbers), the states' two letters, the
first row of each three-digit area (1,001 unsigned 16-bit numbers), then a byte per row with the
ZIP's last two digits, a byte with its state, and latitude and longitude in ten-thousandths of a
degree as signed 24-bit numbers. All numbers are big-endian, rows are sorted by ZIP.
"""

from __future__ import annotations

import struct
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ZIP_DIGITS = 5
AREAS = 1000
SCALE = 10_000
HEAD = struct.Struct(">HH")
FIRSTS = struct.Struct(f">{AREAS + 1}H")
NUMBER_BYTES = 3
ROW_BYTES = 2 + 2 * NUMBER_BYTES
_FILE = Path(__file__).parent / "data" / "zips.bin"


class ZipPoint(NamedTuple):
    """Degrees and the state's two letters; approximate: the middle of its three-digit area."""

    lat: float
    lon: float
    state: str
    is_approximate: bool = False


class Table(NamedTuple):
    """The columns of the file."""

    states: tuple[str, ...]
    firsts: tuple[int, ...]
    last_two: bytes
    state_of: bytes
    lats: bytes
    lons: bytes

    def point(self, row: int, *, is_approximate: bool = False) -> ZipPoint:
        """The row's point."""
        lat, lon = _number(self.lats, row) / SCALE, _number(self.lons, row) / SCALE
        return ZipPoint(lat, lon, self.states[self.state_of[row]], is_approximate)

    def rows(self, area: int) -> range:
        """The rows of a three-digit area."""
        return range(self.firsts[area], self.firsts[area + 1])


def locate(postal_code: str) -> ZipPoint | None:
    """The point of a ZIP or ZIP+4; None when its three-digit area holds no point either.

    Military post offices (AA, AE, AP) have none.
    """
    digits = postal_code[:ZIP_DIGITS]
    if len(digits) < ZIP_DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    table = _table()
    area, last_two = divmod(int(digits), 100)
    rows = table.rows(area)
    row = table.last_two.find(last_two, rows.start, rows.stop)
    return table.point(row) if row >= 0 else _middle(table, rows)


def _middle(table: Table, rows: range) -> ZipPoint | None:
    """The mean of the area's points in the state that most of them are in."""
    points = [table.point(row) for row in rows]
    if not points:
        return None
    state, _ = Counter(point.state for point in points).most_common(1)[0]
    within = [point for point in points if point.state == state]
    lat = sum(point.lat for point in within) / len(within)
    lon = sum(point.lon for point in within) / len(within)
    return ZipPoint(lat, lon, state, is_approximate=True)


@lru_cache(maxsize=1)
def _table() -> Table:
    return read(_FILE.read_bytes())


def read(packed: bytes) -> Table:
    """The columns; `ValueError` for a file that is cut short or has more than it says."""
    rows, states = HEAD.unpack_from(packed)
    at = HEAD.size + 2 * states
    letters = packed[HEAD.size : at].decode("ascii")
    if len(packed) != at + FIRSTS.size + rows * ROW_BYTES:
        raise ValueError("the ZIP table is not as long as it says")
    firsts = FIRSTS.unpack_from(packed, at)
    ends = [at + FIRSTS.size + rows * width for width in (0, 1, 2, 2 + NUMBER_BYTES, ROW_BYTES)]
    last_two, state_of, lats, lons = (packed[start:end] for start, end in pairwise(ends))
    names = tuple(letters[place : place + 2] for place in range(0, len(letters), 2))
    return Table(names, firsts, last_two, state_of, lats, lons)


def _number(column: bytes, row: int) -> int:
    start = row * NUMBER_BYTES
    return int.from_bytes(column[start : start + NUMBER_BYTES], "big", signed=True)
