"""Damaged samples: a message, findings or an NcpdpError, never anything else.

`make fuzz` tries all 255 changes of every byte; here it is one of them, from a seed.
"""

from __future__ import annotations

import random

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.survival import survives

SEEDS = seeds()
JSON_EVERY = 5  # the way through JSON and back takes longer than all the rest


@pytest.mark.parametrize("name", SEEDS)
def test_one_changed_byte_at_every_position(name: str) -> None:
    data, dice = SEEDS[name], random.Random(name)
    for place in range(len(data)):
        damaged = bytearray(data)
        damaged[place] ^= dice.randrange(1, 256)
        survives(bytes(damaged), as_json=place % JSON_EVERY == 0)


@pytest.mark.parametrize("name", SEEDS)
def test_every_prefix(name: str) -> None:
    data = SEEDS[name]
    for length in range(len(data)):
        survives(data[:length])
