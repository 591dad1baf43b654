"""The thirteen messages: read, written back and rebuilt without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from ncpdp.script import OtherBody, ScriptMessage

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.xml"))


def parsed(path: Path) -> ScriptMessage:
    message = ncpdp.parse(path.read_bytes())
    assert isinstance(message, ScriptMessage)
    return message


def test_there_are_thirteen() -> None:
    assert len(SAMPLES) == 13


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
class TestEverySample:
    def test_comes_out_as_it_came_in(self, path: Path) -> None:
        data = path.read_bytes()
        assert ncpdp.write(parsed(path)) == data

    def test_is_rebuilt_from_the_model_alone(self, path: Path) -> None:
        message = replace(parsed(path), source=None)
        written = canonicalize(ncpdp.write(message).decode(), strip_text=True)
        assert written == canonicalize(path.read_text(), strip_text=True)

    def test_survives_the_json_form(self, path: Path) -> None:
        message = parsed(path)
        form = json.loads(json.dumps(ncpdp.to_json(message)))
        again = ncpdp.from_json(form)
        assert again == message
        assert ncpdp.parse(ncpdp.write(again)) == message

    def test_gives_no_findings(self, path: Path) -> None:
        assert ncpdp.check(parsed(path)) == []

    def test_a_changed_message_id_changes_nothing_else(self, path: Path) -> None:
        message = parsed(path)
        old = f"<MessageID>{message.header.message_id}<"
        changed = replace(message, header=replace(message.header, message_id="NEW-1"))
        expected = path.read_text().replace(old, "<MessageID>NEW-1<", 1)
        assert canonicalize(ncpdp.write(changed).decode()) == canonicalize(expected)

    def test_has_a_class_of_its_own(self, path: Path) -> None:
        message = parsed(path)
        assert not isinstance(message.body, OtherBody)
        assert type(message.body).__name__ == message.type
