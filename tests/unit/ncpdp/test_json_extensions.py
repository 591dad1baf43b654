"""XML to JSON to XML loses nothing: what the model does not know travels along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from ncpdp.script import ScriptMessage, Version, convert

from tests.unit.ncpdp.test_versions import OLD

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.xml"))
NS = b'xmlns="http://www.ncpdp.org/schema/SCRIPT"'
XSI = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'
VENDOR = b'<v:Hint xmlns:v="urn:v" v:level="2">keep <b>me</b> &amp; mine</v:Hint><!-- why -->'


def there_and_back(data: bytes) -> bytes:
    message = ncpdp.parse(data)
    form = json.loads(json.dumps(ncpdp.to_json(message)))
    again = ncpdp.from_json(form, complete=False)
    assert again == message
    assert ncpdp.to_json(again) == form
    return ncpdp.write(again)


def canonical(data: bytes, *, blanks: bool = False) -> str:
    return canonicalize(data.decode(), with_comments=True, strip_text=not blanks)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_back_blanks_and_all(path: Path) -> None:
    data = path.read_bytes()
    assert canonical(there_and_back(data), blanks=True) == canonical(data, blanks=True)


CHANGES = {
    "vendor": (b"<DaysSupply>30", VENDOR + b"<DaysSupply odd='1'>30"),
    "unknown": (b"<DateOfBirth>", b"<Nickname>Jo</Nickname><DateOfBirth>"),
    "twice": (b"<City>Columbus</City>", b"<City>Columbus</City><City>Dayton</City>"),
    "empty": (b"<DaysSupply>30</DaysSupply>", b"<DaysSupply/><Note/>"),
    "hollow": (b"<Sig>", b"<NeedNoLaterThan/><Sig>"),
    "order": (b"<Sig>", b"<DrugDescription>late</DrugDescription><Sig>"),
    "text": (b"<Sig>", b"loose words<Sig>"),
    "nested": (b"<PayerName>Example PBM", b"<PayerName>Example <b>PBM</b>"),
    "namespace": (b"<Message ", b"<Message " + NS + b" "),
    "schema": (b"<Message ", b"<Message " + XSI + b" "),
    "remark": (b"<Body>", b"<!-- one --><?two three?><Body>"),
    "cdata": (b"Example PBM", b"<![CDATA[A & B < C]]>"),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("version", [Version.V2017071, Version.V2023011])
def test_what_the_model_does_not_know_stays_in_place(
    sample: Callable[[str], bytes], name: str, version: Version
) -> None:
    data = sample("newrx")
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    if version is not Version.V2017071:
        data = ncpdp.write(convert(message, version))
    old, new = CHANGES[name]
    assert old in data
    changed = data.replace(old, new, 1)
    assert canonical(there_and_back(changed)) == canonical(changed)


def test_a_10_6_message_comes_back_as_it_was() -> None:
    assert canonical(there_and_back(OLD)) == canonical(OLD)


def test_more_pieces_than_a_list_may_have_are_taken_whole(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<Sig>", b"<Odd/>" * 1001 + b"<Sig>")
    (only,) = ncpdp.to_json(ncpdp.parse(data))["extensions"]
    assert only["path"] == "Message"
    assert canonical(there_and_back(data)) == canonical(data)


def test_the_values_win_over_the_extensions(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<Gender>", b"<Nickname>Jo</Nickname><Gender>")
    form = ncpdp.to_json(ncpdp.parse(data))
    form["patient"]["gender"] = "F"
    written = ncpdp.write(ncpdp.from_json(form))
    expected = data.replace(b"<Gender>M", b"<Gender>F")
    assert canonical(written) == canonical(expected)


def test_a_plain_message_has_no_extensions(sample: Callable[[str], bytes]) -> None:
    assert "extensions" not in ncpdp.to_json(ncpdp.parse(sample("newrx")))


WRONG = [
    ({"extensions": {}}, "/extensions", "json.type"),
    ({"extensions": [{"path": "NewRx", "xml": "<a/>"}]}, "/extensions/0/path", "json.value"),
    ({"extensions": [{"path": "Message/Nowhere", "at": 0, "xml": "<a/>"}]}, "/extensions",
     "json.value"),
    ({"extensions": [{"path": "Message", "at": -1, "xml": "<a/>"}]}, "/extensions/0/at",
     "json.value"),
    ({"extensions": [{"path": "Message", "at": 0, "xml": "<a>"}]}, "/extensions/0/xml",
     "xml.not_well_formed"),
    ({"extensions": [{"path": "Message", "at": 0, "xml": "<!DOCTYPE a><a/>"}]},
     "/extensions/0/xml", "xml.doctype"),
    ({"extensions": [{"path": "Message", "at": 0, "xml": "<a/><b/>"}]}, "/extensions/0/xml",
     "json.value"),
    ({"extensions": [{"path": "Message", "at": 0}]}, "/extensions/0/xml", "json.type"),
    ({"extensions": [{"path": "Message", "xml": "<Other/>"}]}, "/extensions", "script.root"),
    ({"extensions": [{"path": "Message/Header/@a b", "value": "x"}]}, "/extensions/0/path",
     "json.value"),
    ({"extensions": [{"path": "Message/Header/@a", "value": 1}]}, "/extensions/0/value",
     "json.type"),
    ({"prefixes": {"xmlx": "urn:a"}}, "/prefixes/xmlx", "json.value"),
    ({"prefixes": {"a": "b c"}}, "/prefixes/a", "json.value"),
    ({"indent": "abc"}, "/indent", "json.value"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "pointer", "code"), WRONG)
def test_a_wrong_extension_is_named(
    sample: Callable[[str], bytes], change: dict[str, Any], pointer: str, code: str
) -> None:
    form = ncpdp.to_json(ncpdp.parse(sample("newrx"))) | change
    with pytest.raises(ncpdp.InvalidJson) as caught:
        ncpdp.from_json(form)
    assert (pointer, code) in [(one.path, one.code) for one in caught.value.details]


def test_another_message_cannot_be_smuggled_in(sample: Callable[[str], bytes]) -> None:
    form = ncpdp.to_json(ncpdp.parse(sample("newrx")))
    form["extensions"] = [{"path": "Message", "xml": sample("status").decode().partition("?>")[2]}]
    with pytest.raises(ncpdp.InvalidJson):
        ncpdp.from_json(form)
