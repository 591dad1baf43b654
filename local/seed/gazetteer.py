"""Packs ZIP points for the layer: `python -m local.seed.gazetteer FILE` writes zip_centroids.bin.

FILE is the Census Bureau's "ZIP Code Tabulation Areas" gazetteer (tab-separated, any year), or a
CSV with the columns zcta, lat, lon.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pharmonico.fulfillment.routing.zips import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET = Path("layers/pharmonico/python/pharmonico/fulfillment/routing/data/zip_centroids.bin")
_NAMES = {"zcta": "GEOID", "lat": "INTPTLAT", "lon": "INTPTLONG"}


def rows_of(lines: Iterable[str]) -> Iterable[tuple[str, float, float]]:
    """(zip, latitude, longitude) of every line of either form."""
    first, *rest = lines
    tab = "\t" in first
    names = [name.strip() for name in first.rstrip("\n").split("\t" if tab else ",")]
    zcta, lat, lon = (names.index(official if tab else own) for own, official in _NAMES.items())
    for row in csv.reader(rest, delimiter="\t" if tab else ","):
        yield row[zcta], float(row[lat]), float(row[lon])


def pack(rows: Iterable[tuple[str, float, float]]) -> bytes:
    """Sorted records of nine bytes: ZIP, latitude and longitude as signed 24-bit numbers."""
    return b"".join(
        _three(int(zcta)) + _three(round(lat * SCALE)) + _three(round(lon * SCALE))
        for zcta, lat, lon in sorted(rows)
    )


def _three(number: int) -> bytes:
    return number.to_bytes(3, "big", signed=True)


def main() -> None:
    lines = Path(sys.argv[1]).read_text().splitlines(keepends=True)
    packed = pack(rows_of(lines))
    TARGET.write_bytes(packed)
    print(f"{len(packed)} bytes in {TARGET}")


if __name__ == "__main__":
    main()
