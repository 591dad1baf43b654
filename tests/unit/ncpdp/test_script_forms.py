"""One message in every dress: prefixes, blanks, remarks, encodings. Nothing of it gets lost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from ncpdp.script import ScriptMessage, Version, convert

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER_END = b"  </Header>"


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


def canonical(data: bytes) -> str:
    return canonicalize(data.decode(), with_comments=True)


def renamed(message: ScriptMessage) -> bytes:
    """The message under another id, as it is written."""
    return ncpdp.write(replace(message, header=replace(message.header, message_id="NEW-1")))


def in_header(data: bytes, xml: str) -> bytes:
    assert HEADER_END in data
    return data.replace(HEADER_END, xml.encode() + HEADER_END)


FORMS = {
    "one prefix for two namespaces": lambda data: in_header(
        data, '<a:One xmlns:a="urn:1" a:x="1"/><a:Two xmlns:a="urn:2" a:x="2"/>'
    ),
    "a namespace inside another": lambda data: in_header(
        data, '<One xmlns="urn:1"><Two xmlns=""><Three/></Two></One>'
    ),
    "a declaration that is only text": lambda data: in_header(
        data, '<a:One xmlns:a="urn:1" a:x="1">xmlns:a="urn:2"</a:One>'
    ),
    "a prefixed root with plain parts": lambda data: data.replace(
        b"<Message ", b'<m:Message xmlns:m="urn:m" '
    ).replace(b"</Message>", b"</m:Message>"),
    "remarks around the root": lambda data: (
        data.replace(b"<Message ", b'<?style sheet="a"?><!-- before --><Message ').strip()
        + b"<!-- </Message> behind --><?end?>"
    ),
    "blanks where nobody puts them": lambda data: data.replace(
        b"    <NewRx>", b"\n\n \t<NewRx>"
    ).replace(b">Doe<", b"> Doe\n<"),
    "lines that end in a return": lambda data: data.replace(b"\n", b"\r"),
    "lines that end in both": lambda data: data.replace(b"\n", b"\r\n"),
    "all on one line": lambda data: b"".join(line.strip() for line in data.splitlines()),
    "an instance type": lambda data: data.replace(
        b"<Message ", b'<Message xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
    ).replace(b"<Patient>", b'<Patient i:type="PatientType">'),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("version", [Version.V2017071, Version.V2023011])
class TestEveryForm:
    @pytest.fixture
    def data(self, newrx: ScriptMessage, name: str, version: Version) -> bytes:
        return FORMS[name](ncpdp.write(convert(newrx, version)))

    def test_it_comes_out_as_it_came_in(self, data: bytes) -> None:
        assert ncpdp.write(read(data)) == data

    def test_the_json_form_gives_the_same_document(self, data: bytes) -> None:
        form = json.loads(json.dumps(ncpdp.to_json(read(data))))
        again = ncpdp.from_json(form)
        assert again == read(data)
        assert canonical(ncpdp.write(again)) == canonical(data)

    def test_a_change_changes_nothing_else(self, data: bytes) -> None:
        expected = data.replace(b">EX-1<", b">NEW-1<")
        assert canonical(renamed(read(data))) == canonical(expected)


def test_an_attribute_keeps_its_namespace_where_the_default_one_is_the_same(
    newrx: ScriptMessage,
) -> None:
    data = in_header(
        ncpdp.write(newrx), '<One xmlns="urn:1" xmlns:q="urn:1" q:x="1"><q:Two/></One>'
    )
    assert b' q:x="1"' in renamed(read(data))


def test_a_message_of_another_version_keeps_its_lines(newrx: ScriptMessage) -> None:
    later = ncpdp.write(convert(newrx, Version.V2023011))
    assert b"          <Names>\n            <Name>\n              <LastName>Doe<" in later
    earlier = ncpdp.write(convert(read(later), Version.V2017071))
    assert canonical(earlier) == canonical(ncpdp.write(newrx))


def test_diff_looks_at_what_is_said_not_at_the_lines(newrx: ScriptMessage) -> None:
    from ncpdp.script.json_form import script_to_json  # noqa: PLC0415 - what the command uses

    wide = read(ncpdp.write(newrx).replace(b"<Sig>", b"\n\n   <Sig>\n"))
    assert ncpdp.to_json(wide) != ncpdp.to_json(newrx)
    assert script_to_json(wide, layout=False) == script_to_json(newrx, layout=False)


def test_a_text_that_goes_on_behind_a_remark_is_replaced_as_a_whole(newrx: ScriptMessage) -> None:
    data = ncpdp.write(newrx).replace(b">EX-1<", b">EX<!-- of -->-1<")
    message = read(data)
    assert message.header.message_id == "EX-1"
    assert read(renamed(message)).header.message_id == "NEW-1"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("latin1", "latin-1"), ("ISO_8859-1", "latin-1"), ("cp1252", "cp1252")],
)
def test_encodings_by_their_other_names(
    sample: Callable[[str], bytes], declared: str, codec: str
) -> None:
    text = sample("newrx").decode().replace("'UTF-8'", f"'{declared}'").replace("Doe", "Doé")
    assert "Doé" in str(ncpdp.to_json(ncpdp.parse(text.encode(codec))))


def test_blanks_before_the_root_may_be_many(
    sample: Callable[[str], bytes], newrx: ScriptMessage
) -> None:
    data = b"\n" * 200 + sample("newrx").partition(b"?>")[2]
    assert ncpdp.parse(data) == newrx


def test_an_envelope_leaves_its_message_the_prefixes(newrx: ScriptMessage) -> None:
    inner = ncpdp.write(newrx).partition(b"?>")[2].decode()
    typed = inner.replace("<Header>", '<Header i:type="T">')
    soap = "http://www.w3.org/2003/05/soap-envelope"
    data = f'<s:Envelope xmlns:s="{soap}" xmlns:i="urn:i"><s:Body>{typed}</s:Body></s:Envelope>'
    written = ncpdp.write(ncpdp.parse(data.encode()))
    assert b'<Header i:type="T">' in written
    assert soap.encode() not in written


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        (b"</Header>", b"", 159, 3),
        (b"<Header>", b"<Header>\0", 3, 11),
        (b"<Message ", b"<Message Message ", 2, 18),
    ],
)
def test_what_is_not_well_formed_is_so_at_a_place(
    newrx: ScriptMessage, old: bytes, new: bytes, line: int, column: int
) -> None:
    data = ncpdp.write(newrx).replace(old, new, 1)
    with pytest.raises(ncpdp.NotReadable) as caught:
        ncpdp.parse(data)
    assert f"(line {line}, column {column})" in caught.value.sentence
