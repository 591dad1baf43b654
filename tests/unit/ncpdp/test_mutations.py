"""Damaged samples: a message, findings or an NcpdpError, never anything else."""

from __future__ import annotations

import random
from pathlib import Path

import ncpdp
import pytest
from ncpdp import telecom

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.xml"))
ROUTE = telecom.Route(bin="610014", pcn="PCN", provider_id="1502203312", date_of_service="20260914")
REVERSAL = ncpdp.write(telecom.reversal_request(ROUTE, rx_number="7", ndc="00071015623"))


def survives(data: bytes) -> None:
    try:
        message = ncpdp.parse(data)
    except ncpdp.NcpdpError:
        return
    assert ncpdp.write(message) == data
    ncpdp.check(message)
    try:
        again = ncpdp.from_json(ncpdp.to_json(message), complete=False)
    except ncpdp.NcpdpError:
        return
    assert ncpdp.to_json(again) == ncpdp.to_json(message)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_one_changed_byte(path: Path) -> None:
    data, dice = path.read_bytes(), random.Random(path.stem)
    for place in range(0, len(data), 7):
        survives(data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_tenth_prefix(path: Path) -> None:
    data = path.read_bytes()
    for length in range(0, len(data), 10):
        survives(data[:length])


def test_a_damaged_reversal() -> None:
    dice = random.Random(2)
    for place in range(len(REVERSAL)):
        survives(REVERSAL[:place])
        survives(REVERSAL[:place] + bytes([dice.randrange(256)]) + REVERSAL[place + 1 :])
