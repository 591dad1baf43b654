"""Whatever a message says survives writing and reading, in XML and in JSON, of every type."""

from __future__ import annotations

import json

import ncpdp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ncpdp.script import Dosage, Frequency, Instruction, ScriptMessage, Sig, SigCode
from ncpdp.script.emitting import emit
from ncpdp.script.reading import read
from ncpdp.script.writing import build

from tests.unit.ncpdp.arbitrary import NAMES, NUMBERS, TEXTS, messages

QUICK = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(data=st.data())
def test_write_read_write(name: str, data: st.DataObject) -> None:
    message = data.draw(messages(name))
    written = ncpdp.write(message)
    again = ncpdp.parse(written)
    assert isinstance(again, ScriptMessage)
    once = ncpdp.parse(ncpdp.write(again))
    assert once == again
    if message.version is again.version:
        assert _emptied(again) == _emptied(message)
    for finding in ncpdp.check(again):
        assert finding.line is not None


def _emptied(message: ScriptMessage) -> object:
    """Their JSON form without the parts that hold nothing: XML does not tell those from none."""
    form = ncpdp.to_json(ScriptMessage(
        header=message.header, body=message.body, version=message.version
    ))  # fmt: skip
    return _without_hollow(form)


def _without_hollow(value: object) -> object:
    if isinstance(value, dict):
        inner = {key: _without_hollow(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in ({}, [], None)}
    if isinstance(value, list):
        return [_without_hollow(one) for one in value]
    return value


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(data=st.data())
def test_through_json(name: str, data: st.DataObject) -> None:
    message = data.draw(messages(name))
    form = json.loads(json.dumps(ncpdp.to_json(message)))
    assert ncpdp.from_json(form, complete=False) == message


@given(st.lists(NUMBERS, min_size=1, max_size=2), st.lists(TEXTS, max_size=1))
def test_ranges_take_turns(numbers: list[str], words: list[str]) -> None:
    words = words[: len(numbers) - 1]
    frequency = Frequency(values=tuple(numbers), modifiers=tuple(words), units=SigCode(text="day"))
    assert read(Frequency, build("Frequency", frequency)) == frequency


def test_a_range_of_doses_is_written_in_turns() -> None:
    dosage = Dosage(
        quantities=("1", "2"),
        units=(SigCode(text="tablet"), SigCode(text="tablet")),
        range_modifiers=("TO",),
    )
    assert emit("Dosage", dosage) == (
        "<Dosage><DoseQuantity>1</DoseQuantity><DoseUnitOfMeasure><Text>tablet</Text>"
        "</DoseUnitOfMeasure><DoseRangeModifier>TO</DoseRangeModifier><DoseQuantity>2"
        "</DoseQuantity><DoseUnitOfMeasure><Text>tablet</Text></DoseUnitOfMeasure></Dosage>"
    )


def test_instructions_have_their_modifier_between_them() -> None:
    one = Instruction(indicator="1")
    sig = Sig(text="x", instructions=(one, one), multiple_instruction_modifiers=("AND",))
    written = emit("Sig", sig)
    assert written.index("</Instruction>") < written.index("AND") < written.rindex("<Instruction>")
    assert read(Sig, build("Sig", sig)) == sig
