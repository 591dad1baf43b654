"""Samples are read as bytes: what arrives over the wire is bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ncpdp
import pytest
from ncpdp.script import NewRx, ScriptMessage

SAMPLES = Path(__file__).parent / "samples"

Sample = Callable[[str], bytes]


@pytest.fixture
def sample() -> Sample:
    return lambda name: (SAMPLES / f"{name}.xml").read_bytes()


@pytest.fixture
def newrx(sample: Sample) -> ScriptMessage:
    message = ncpdp.parse(sample("newrx"))
    assert isinstance(message, ScriptMessage)
    assert isinstance(message.body, NewRx)
    return message
