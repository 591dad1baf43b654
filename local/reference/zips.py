"""Packs the ZIP table of the layer; its form is described where it is read."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from pharmonico.reference.zips import AREAS, FIRSTS, HEAD, NUMBER_BYTES, SCALE

from local.reference.places import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from local.reference.places import ZipPlace

TARGET = "layers/pharmonico/python/pharmonico/reference/data/zips.bin"


def files() -> dict[str, bytes]:
    """The table, from the packaged source."""
    return {TARGET: pack(places())}


def pack(rows: Iterable[ZipPlace]) -> bytes:
    """The columns in the order of the ZIPs, as `pharmonico.reference.zips` reads them."""
    ordered = sorted(rows, key=lambda place: place.postal_code)
    codes = [int(place.postal_code) for place in ordered]
    states = sorted({place.state for place in ordered})
    firsts = (bisect_left(codes, 100 * area) for area in range(AREAS + 1))
    columns = (
        HEAD.pack(len(ordered), len(states)),
        "".join(states).encode("ascii"),
        FIRSTS.pack(*firsts),
        bytes(code % 100 for code in codes),
        bytes(states.index(place.state) for place in ordered),
        b"".join(_number(place.lat) for place in ordered),
        b"".join(_number(place.lon) for place in ordered),
    )
    return b"".join(columns)


def _number(degrees: float) -> bytes:
    return round(degrees * SCALE).to_bytes(NUMBER_BYTES, "big", signed=True)
