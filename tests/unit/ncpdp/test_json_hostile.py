"""JSON forms that mean harm, or are merely large: an error with a pointer, or the message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncpdp.script import ScriptMessage

XMLNS = "http://www.w3.org/2000/xmlns/"
XML = "http://www.w3.org/XML/1998/namespace"
NESTED = "<a>" * 28 + "</a>" * 28
STAIRS = [
    {"path": "Message/Header" + "/a" * 28 * step, "at": 0, "xml": NESTED} for step in range(60)
]

WRONG = [
    ({"extensions": [{"path": "Message", "xml": "\ud800"}]}, "/extensions/0/xml"),
    ({"extensions": [{"path": "Message", "xml": "<Message>\udfff"}]}, "/extensions/0/xml"),
    ({"extensions": [{"path": "Message/Header", "at": 0, "xml": "\ud800"}]}, "/extensions/0/xml"),
    ({"extensions": [{"path": "Message/Header[0]", "at": 0, "xml": "<a/>"}]}, "/extensions"),
    ({"extensions": [{"path": "Message/Header[x", "at": 0, "xml": "<a/>"}]}, "/extensions"),
    ({"extensions": STAIRS}, "/extensions"),
    ({"extensions": [{"path": f"Message/@{{{XMLNS}}}a", "value": "b"}]}, "/extensions/0/path"),
    ({"prefixes": {"a": XMLNS}}, "/prefixes/a"),
    ({"prefixes": {"a/b": "urn:x"}}, "/prefixes/a~1b"),
    ({"namespace": XML}, "/namespace"),
    ({"attributes": {"TransactionVersion": "10.6"}}, "/attributes"),
    ({"attributes": {"TransactionVersion": "20170715", "TransactionDomain": "X"}}, "/attributes"),
    ({"attributes": {"note": "no version at all"}}, "/attributes"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "pointer"), WRONG)
def test_a_wrong_frame_is_named(newrx: ScriptMessage, change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(ncpdp.InvalidJson) as caught:
        ncpdp.from_json(ncpdp.to_json(newrx) | change)
    assert pointer in [detail.path for detail in caught.value.details]


@pytest.mark.parametrize("text", ["1e400", "-1e400", "NaN", "Infinity", "30.0"])
def test_a_number_that_is_no_decimal_is_no_quantity(newrx: ScriptMessage, text: str) -> None:
    form = ncpdp.to_json(newrx)
    form["medication"]["quantity"]["value"] = json.loads(text)
    with pytest.raises(ncpdp.InvalidJson) as caught:
        ncpdp.from_json(form)
    assert caught.value.path == "/medication/quantity/value"


def test_whatever_was_read_can_be_given_back(sample: Callable[[str], bytes]) -> None:
    """A type that is not known, larger than one text may be, and a list longer than most."""
    attachment = b"<Attachment>" + b"<Page>of sixteen</Page>" * 4000 + b"</Attachment>"
    unknown = sample("newrx").replace(b"NewRx>", b"Strange>").replace(b"<Patient>", attachment)
    unknown = unknown.replace(b"</Patient>", b"")
    many = sample("newrx").replace(
        b"<Sig>", b"<RxFillIndicator>A</RxFillIndicator>" * 3000 + b"<Sig>"
    )
    for data in (unknown, many):
        message = ncpdp.parse(data)
        again = ncpdp.from_json(json.loads(json.dumps(ncpdp.to_json(message))), complete=False)
        assert again == message
        assert canonicalize(ncpdp.write(again).decode()) == canonicalize(data.decode())


@pytest.mark.parametrize(
    "many",
    [
        b"<Sig " + b" ".join(b'a%d="1"' % at for at in range(1500)) + b">",
        b"<!-- a -->" * 1500 + b"<Sig>",
        b"".join(b'<n%d:Z xmlns:n%d="urn:%d"/>' % (at, at, at) for at in range(60)) + b"<Sig>",
    ],
    ids=["attributes", "remarks", "namespaces"],
)
def test_oddities_too_many_to_list_come_as_the_document(
    sample: Callable[[str], bytes], many: bytes
) -> None:
    data = sample("newrx").replace(b"<Sig>", many)
    form = ncpdp.to_json(ncpdp.parse(data))
    assert [one["path"] for one in form["extensions"]] == ["Message"]
    assert canonicalize(ncpdp.write(ncpdp.from_json(form)).decode()) == canonicalize(data.decode())
