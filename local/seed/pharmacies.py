"""Sixty-odd synthetic pharmacies on real ZIP codes, the same ones every time."""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pharmonico.fulfillment.directory import Hours, Pharmacy, Place, Tier, pharmacy_id_of
from pharmonico.fulfillment.routing.zips import locate

from local.seed.fields import FIELDS
from local.seed.identifiers import dea_number, ncpdp_id, npi
from local.seed.plans import COMMERCIAL, MEDICARE, NARROW
from local.seed.zones import ZONE_OF_STATE

PLACES = Path(__file__).parent / "data" / "places.csv"
_WORDS = ("Juniper", "Harbor", "Summit", "Willow", "Lantern", "Prairie", "Cedar", "Beacon")
_NPI_START, _DEA_START = 199_900_000, 900_000
LICENSED_UNTIL = date(2030, 12, 31)
ADDRESSED = {"ncpdp_id": "2109886", "npi": "1502203312", "name": "Example Pharmacy (synthetic)"}
"""The pharmacy that the sample messages are addressed to."""


def pharmacies() -> tuple[Pharmacy, ...]:
    """One per place and, in the first places of every field, one that ships everywhere."""
    with PLACES.open(newline="") as file:
        places = list(csv.DictReader(file))
    states = sorted({place["state"] for place in places})
    local = [_local(number, place, states) for number, place in enumerate(places)]
    national = [
        _national(len(places) + number, places[number * 7], states, field)
        for number, field in enumerate(FIELDS)
    ]
    addressed = local[0].model_copy(
        update={**ADDRESSED, "pharmacy_id": pharmacy_id_of(ADDRESSED["ncpdp_id"])}
    )
    return (addressed, *local[1:], *national)


def _local(number: int, place: dict[str, str], states: list[str]) -> Pharmacy:
    draw = _draw(place["postal_code"])
    neighbours = {state for at, state in enumerate(states) if (draw + at) % 5 == 0}
    networks: dict[str, Tier] = {
        MEDICARE: "preferred" if draw % 3 else "standard",
        COMMERCIAL: "standard" if draw % 2 else "preferred",
    }
    if draw % 4 == 0:
        networks[NARROW] = "preferred"
    return Pharmacy(
        **_common(number, place, states),
        name=f"{_WORDS[draw % len(_WORDS)]} Pharmacy {place['city']} (synthetic)",
        licences=dict.fromkeys(sorted({place["state"], *neighbours}), LICENSED_UNTIL),
        networks=networks,
        capacity=80 + draw % 120,
        specialties=frozenset({FIELDS[draw % len(FIELDS)]} if draw % 3 == 0 else ()),
        cold_chain=draw % 2 == 0,
        **_registration(number, is_registered=draw % 6 != 0),
        on_time_rate=0.86 + draw % 13 / 100,
    )


def _national(number: int, place: dict[str, str], states: list[str], field: str) -> Pharmacy:
    draw = _draw(field)
    return Pharmacy(
        **_common(number, place, states),
        name=f"{_WORDS[number % len(_WORDS)]} Specialty Pharmacy, {field} (synthetic)",
        licences=dict.fromkeys(states, LICENSED_UNTIL),
        networks={MEDICARE: "standard", COMMERCIAL: "standard", NARROW: "standard"},
        capacity=600,
        specialties=frozenset({field, FIELDS[(FIELDS.index(field) + 1) % len(FIELDS)]}),
        cold_chain=True,
        **_registration(number, is_registered=draw % 2 == 0),
        on_time_rate=0.9 + draw % 9 / 100,
    )


def _common(number: int, place: dict[str, str], states: list[str]) -> dict[str, Any]:
    """What identifies and locates it."""
    point = locate(place["postal_code"])
    if point is None:
        raise ValueError(f"{place['postal_code']} is not in the gazetteer")
    code = ncpdp_id(states.index(place["state"]) + 1, 9_000 + number)
    return {
        "pharmacy_id": pharmacy_id_of(code),
        "ncpdp_id": code,
        "npi": npi(_NPI_START + number),
        "synthetic": True,
        "address": Place(
            line1=f"{100 + number} Example Street",
            city=place["city"],
            state=place["state"],
            postal_code=place["postal_code"],
        ),
        "phone": f"61455502{number:02d}",
        "lat": point.lat,
        "lon": point.lon,
        "hours": Hours(
            zone=ZONE_OF_STATE[place["state"]],
            week=(*[(8 * 60, 20 * 60)] * 6, (10 * 60, 16 * 60)),
            next_day_cutoff=16 * 60,
        ),
    }


def _registration(number: int, *, is_registered: bool) -> dict[str, Any]:
    """With the DEA, for every schedule, or not at all."""
    if not is_registered:
        return {}
    schedules = frozenset({"CII", "CIII", "CIV", "CV"})
    return {"dea_number": dea_number("FS", _DEA_START + number), "dea_schedules": schedules}


def _draw(seed: str) -> int:
    """A number that looks thrown and is the same on every machine."""
    return int(sha256(seed.encode()).hexdigest()[:8], 16)
