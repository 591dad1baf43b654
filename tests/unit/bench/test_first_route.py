"""The weight of a site's first route: what its script fetches at once, nothing that comes late."""

from __future__ import annotations

import gzip
from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.sites import FIRST_OF_PORTAL, first_route, weight

if TYPE_CHECKING:
    from pathlib import Path

NOISE = Random(1).randbytes(3_000).hex()
SCRIPTS = {
    "index-a1.js": 'import{a}from"./shared-b2.js";const late=()=>import("./Pay-c3.js");',
    "shared-b2.js": f'export const a="{NOISE}";',
    "Pay-c3.js": f'export const pay="{NOISE[::-1]}";',
    "es-d4.js": 'export const WORDS={hello:"hola"};',
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name, text in SCRIPTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_script_that_comes_late_does_not_count(built: Path) -> None:
    at_once = ("index-a1.js", "shared-b2.js", "es-d4.js")
    packed = sum(len(gzip.compress(SCRIPTS[name].encode(), 9)) for name in at_once)
    assert first_route(built, FIRST_OF_PORTAL) == round(packed / 1000, 1)


def test_everything_together_is_heavier(built: Path) -> None:
    assert weight(built, r"\.js$") > first_route(built, FIRST_OF_PORTAL) + 2
