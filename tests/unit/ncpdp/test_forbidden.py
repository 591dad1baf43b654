"""Input that must never be parsed, or never get far."""

from __future__ import annotations

import ncpdp
import pytest
from ncpdp import markup

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<Message><Header><MessageID>&c;</MessageID></Header></Message>"""
EXTERNAL = """<!DOCTYPE Message SYSTEM "file:///etc/passwd"><Message/>"""


def code_of(data: bytes) -> str:
    with pytest.raises(ncpdp.NotReadable) as caught:
        ncpdp.parse(data)
    assert caught.value.envelope is None
    return caught.value.code


@pytest.mark.parametrize("text", [BOMB, EXTERNAL], ids=["bomb", "external"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_doctype_is_refused_in_every_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert code_of(data) == "xml.doctype"
    with pytest.raises(ncpdp.Forbidden):
        ncpdp.parse(data)


@pytest.mark.parametrize("blank", [" ", "\n", "\t\r\n "])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [BOMB, EXTERNAL], ids=["bomb", "external"])
def test_the_parser_never_guesses_an_encoding_of_its_own(
    text: str, encoding: str, blank: str
) -> None:
    document = text.partition("?>")[2] or text
    assert code_of((blank + document).encode(encoding)) == "xml.not_well_formed"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "content.unknown"),
        (b"hello", "content.unknown"),
        (b'{"type": "NewRx"}', "content.unknown"),
        (b"\xff\xfe", "content.unknown"),
        (b"<Message>", "xml.not_well_formed"),
        (b"<Message>&nbsp;</Message>", "xml.not_well_formed"),
        (b"<Message>\x01</Message>", "xml.not_well_formed"),
        (b"<Message/><Message/>", "xml.not_well_formed"),
        (b"<Note/>", "script.root"),
        (b"<html><body>Bad gateway</body></html>", "script.root"),
        (b"<Message>\xff</Message>", "xml.encoding"),
        (b'<?xml version="1.0" encoding="utf-7"?><Message/>', "xml.encoding"),
        ("<Message/>".encode("utf-32"), "xml.encoding"),
        ("<Message/>".encode("utf-16")[:-1], "xml.encoding"),
        (b"<Message>" + b"a" * markup.BYTES_MAX + b"</Message>", "xml.too_large"),
        (b"<Message>" + b"a" * (markup.TEXT_MAX + 1) + b"</Message>", "xml.too_large"),
        (b"<Message a='" + b"a" * (markup.TEXT_MAX + 1) + b"'/>", "xml.too_large"),
        (b"<Message>" + b"<a/>" * markup.ELEMENTS_MAX + b"</Message>", "xml.too_large"),
        (b"<a>" * 33 + b"</a>" * 33, "xml.too_deep"),
        (b"<a>" * 140_000 + b"</a>" * 140_000, "xml.too_deep"),
    ],
)
def test_each_bad_content_has_its_code(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_the_limits_themselves_are_allowed() -> None:
    assert markup.tree("<a>" * 32 + "</a>" * 32).tag == "a"
    assert len(markup.tree("<a>" + "<b/>" * (markup.ELEMENTS_MAX - 1) + "</a>")) == 19_999
    assert markup.tree("<a>" + "b" * markup.TEXT_MAX + "</a>").text == "b" * markup.TEXT_MAX


def test_sizes_and_depth_are_told_apart_from_bad_xml() -> None:
    with pytest.raises(ncpdp.TooLarge):
        ncpdp.parse(b"<" + b" " * markup.BYTES_MAX)


def test_an_error_does_not_repeat_the_message() -> None:
    with pytest.raises(ncpdp.NotReadable) as caught:
        ncpdp.parse(b"<Message><Patient>Secret</Person></Message>")
    assert "Secret" not in str(caught.value)
    assert "line 1" in str(caught.value)
