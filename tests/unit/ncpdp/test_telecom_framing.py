"""D.0 bytes: exact both ways, tolerant of loose framing, strict about the rest."""

from __future__ import annotations

import json
from dataclasses import replace

import ncpdp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ncpdp.telecom import Field, Request, RequestHeader, Response, ResponseHeader, Segment

HEADER = "610014D0B1MEDDPRIME 1011502203312     20260914          "
CLAIM = (
    HEADER
    + "\x1e\x1cAM01\x1cC419790517\x1cC51"
    + "\x1e\x1cAM04\x1cC2YXE123456789"
    + "\x1d\x1e\x1cAM07\x1cEM1\x1cD20000007\x1cE103\x1cD700071015623\x1cE730000\x1cD300\x1cD530"
    + "\x1cDE20260914"
    + "\x1e\x1cAM11\x1cD91204D\x1cDU1204D"
).encode()
PAID = (
    b"D0B11A011502203312     20260914"
    b"\x1d\x1e\x1cAM21\x1cANP\x1cF3AUTH7\x1e\x1cAM23\x1cF5100{\x1cF61204D\x1cF91104D"
)


def request(data: bytes) -> Request:
    message = ncpdp.parse(data)
    assert isinstance(message, Request)
    return message


def test_a_request() -> None:
    message = request(CLAIM)
    assert message.header == RequestHeader(
        bin="610014",
        transaction_code="B1",
        pcn="MEDDPRIME",
        provider_id="1502203312",
        date_of_service="20260914",
    )
    assert [segment.id for segment in message.segments] == ["01", "04"]
    assert [segment.id for segment in message.transactions[0]] == ["07", "11"]
    assert message.get("07", "D7") == "00071015623"
    assert message.get("04", "C2") == "YXE123456789"
    assert message.get("07", "XX") is None
    assert message.get("99", "XX") is None
    assert ncpdp.write(message) == CLAIM
    assert ncpdp.check(message) == []


def test_a_response() -> None:
    message = ncpdp.parse(PAID)
    assert isinstance(message, Response)
    assert message.header == ResponseHeader(
        transaction_code="B1", provider_id="1502203312", date_of_service="20260914"
    )
    assert message.get("21", "AN") == "P"
    assert ncpdp.write(message) == PAID


def test_four_transactions_and_no_more() -> None:
    one = "\x1d\x1e\x1cAM07\x1cD2"
    data = (HEADER + "".join(f"{one}{n}" for n in range(4))).encode()
    message = request(data)
    assert [message.get("07", "D2", index) for index in range(4)] == ["0", "1", "2", "3"]
    assert ncpdp.write(message) == data
    with pytest.raises(ncpdp.NotReadable):
        ncpdp.parse(data + f"{one}4".encode())
    with pytest.raises(ncpdp.InvalidValue):
        ncpdp.write(replace(message, transactions=message.transactions * 2))


@pytest.mark.parametrize(
    "loose",
    [
        b"\x02" + CLAIM + b"\x03",
        CLAIM + b"\r\n",
        CLAIM.replace(b"\x1e", b"\r\n\x1e"),
        CLAIM.replace(b"\x1e\x1cAM04", b"\x1cAM04"),
        CLAIM.replace(b"\x1cC51", b"\x1c\x1cC51\x1c"),
        CLAIM.replace(b"\x1e\x1cAM01", b"\x1cAM01"),
        CLAIM.replace(b"AM04", b"AM04 "),
        CLAIM.replace(b"\x1cAM", b"AM"),
        CLAIM.replace(b"\x1e\x1cAM01", b"AM01"),
    ],
    ids=[
        *("stx-etx", "crlf", "lines", "no-rs", "empty-fields", "no-first-rs", "padded-id"),
        *("no-fs", "nothing-after-the-header"),
    ],
)
def test_loose_framing_is_read_kept_and_remarked(loose: bytes) -> None:
    message = request(loose)
    assert message.get("07", "D7") == "00071015623"
    assert ncpdp.write(message) == loose
    assert "telecom.framing" in [finding.code for finding in ncpdp.check(message)]
    changed = replace(message, header=replace(message.header, vendor_id="V"))
    assert b"\x1e\x1cAM01" in ncpdp.write(changed)


def test_bytes_after_the_end_are_kept_and_not_read() -> None:
    data = CLAIM + b"\x1cDN01\x03REST OF A BUFFER\r\n"
    message = request(data)
    assert message.get("11", "DN") == "01"
    assert ncpdp.write(message) == data
    assert ncpdp.write(ncpdp.from_json(ncpdp.to_json(message))) == data
    found = [(one.code, one.severity) for one in ncpdp.check(message)]
    assert found == [("telecom.framing", "warning"), ("telecom.trailing", "error")]


def test_an_end_mark_inside_the_message_ends_nothing() -> None:
    data = CLAIM.replace(b"C2YXE", b"C2Y\x03E")
    message = request(data)
    assert message.get("04", "C2") == "Y\x03E123456789"
    assert message.get("07", "D7") == "00071015623"
    assert [one.code for one in ncpdp.check(message)] == ["text.charset"]


def test_a_message_that_was_changed_is_no_longer_loose() -> None:
    message = request(CLAIM + b"\r\n")
    changed = replace(message, header=replace(message.header, vendor_id="V"))
    assert ncpdp.check(changed) == []
    assert "wire" not in ncpdp.to_json(changed)


def test_padding_inside_a_value_is_kept() -> None:
    data = CLAIM + b"\x1cDN01   "
    message = request(data)
    assert message.get("11", "DN") == "01"
    assert ncpdp.write(message) == data
    (finding,) = ncpdp.check(message)
    assert (finding.code, finding.severity, finding.path) == ("telecom.padding", "info", "1/11/DN")


def test_spaces_trimmed_from_a_header_that_ends_the_message() -> None:
    data = HEADER.encode().replace(b"B1", b"E1").rstrip()
    message = request(data)
    assert message.header.date_of_service == "20260914"
    assert ncpdp.write(message) == data
    assert "telecom.framing" in [finding.code for finding in ncpdp.check(message)]


@pytest.mark.parametrize("code", ["D1", "S1", "C1", "Z9"])
def test_other_transactions_pass_through(code: str) -> None:
    data = CLAIM.replace(b"D0B1", f"D0{code}".encode())
    message = request(data)
    assert message.type == code
    assert ncpdp.write(message) == data
    assert ncpdp.write(ncpdp.from_json(ncpdp.to_json(message))) == data
    assert [finding.code for finding in ncpdp.check(message)] == ["telecom.code"] * (code == "Z9")


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (CLAIM[:30], ncpdp.NotReadable, "telecom.header"),
        (CLAIM[:50] + b"\x1e\x1cAM07", ncpdp.NotReadable, "telecom.header"),
        (CLAIM.replace(b"D0B1", b"51B1"), ncpdp.WrongVersion, "version.unsupported"),
        (CLAIM.replace(b"AM07", b"XX07"), ncpdp.NotReadable, "telecom.segment"),
        (CLAIM.replace(b"AM07", b"AM"), ncpdp.NotReadable, "telecom.field"),
        (CLAIM + b"\x1cD", ncpdp.NotReadable, "telecom.field"),
        (CLAIM + b"x" * 70_000, ncpdp.TooLarge, "telecom.too_large"),
        (CLAIM.replace(b"D0B1", b"Q9Q9"), ncpdp.NotReadable, "content.unknown"),
        (CLAIM.replace(b"D0B1", b"F6B1"), ncpdp.WrongVersion, "version.unsupported"),
        (CLAIM.replace(b"D0B1", b"00F6B1"), ncpdp.WrongVersion, "version.unsupported"),
    ],
)
def test_what_cannot_be_read(data: bytes, kind: type[ncpdp.NcpdpError], code: str) -> None:
    with pytest.raises(kind) as caught:
        ncpdp.parse(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        (b"610014", b"61001A", "bin.malformed", "header/A1"),
        (b"1502203312", b"1502203313", "npi.check_digit", "header/B1"),
        (b"     20260914", b"     2026-9-1", "date.malformed", "header/D1"),
        (b"MEDDPRIME 1", b"MEDDPRIME 2", "telecom.count", "header/A9"),
        (b"D91204D", b"D91204Z", "money.malformed", "1/11/D9"),
        (b"E730000", b"E730.00", "quantity.malformed", "1/07/E7"),
        (b"C419790517", b"C41979-5-1", "date.malformed", "01/C4"),
    ],
)
def test_findings(old: bytes, new: bytes, code: str, path: str) -> None:
    (finding,) = ncpdp.check(ncpdp.parse(CLAIM.replace(old, new, 1)))
    assert (finding.code, finding.path, finding.severity) == (code, path, "error")


def test_a_billing_needs_a_claim_and_its_price() -> None:
    message = ncpdp.parse(CLAIM.partition(b"\x1e\x1cAM11")[0])
    (finding,) = ncpdp.check(message)
    assert (finding.code, finding.path, finding.required) == ("segment.missing", "1/11", True)
    with pytest.raises(ncpdp.MissingElement):
        ncpdp.ensure_complete(message)


@pytest.mark.parametrize(
    "segment",
    [
        Segment("7"),
        Segment("0\x1c"),
        Segment("07", (Field("D", "1"),)),
        Segment("07", (Field("D2", "a\x1eb"),)),
        Segment("07", (Field("D2", "a\r\n"),)),
        Segment("07", (Field("AM", "08"),)),
        Segment("07", (Field("D2x", "y"),)),
        Segment("07", (Field("D2", "€"),)),
    ],
)
def test_what_the_framing_cannot_carry(segment: Segment) -> None:
    with pytest.raises(ncpdp.InvalidValue):
        ncpdp.write(replace(request(CLAIM), transactions=((segment,),)))


def test_a_header_value_must_fit() -> None:
    message = request(CLAIM)
    with pytest.raises(ncpdp.InvalidValue) as caught:
        ncpdp.write(replace(message, header=replace(message.header, pcn="12345678901")))
    assert caught.value.path == "header/pcn"


class TestJson:
    @pytest.mark.parametrize("data", [CLAIM, PAID], ids=["request", "response"])
    def test_the_bytes_come_back(self, data: bytes) -> None:
        form = json.loads(json.dumps(ncpdp.to_json(ncpdp.parse(data))))
        assert ncpdp.write(ncpdp.from_json(form)) == data

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"kind": "letter"}, "/kind"),
            ({"extra": 1}, "/extra"),
            ({"header": None}, "/header"),
            ({"header": {"bin": 5}}, "/header/bin"),
            ({"header": {"transaction_code": 7}}, "/header/transaction_code"),
            ({"header": {"version": "51"}}, "/header/version"),
            ({"segments": {}}, "/segments"),
            ({"segments": [{"fields": []}]}, "/segments/0/id"),
            ({"segments": [{"id": "01", "fields": [["C4"]]}]}, "/segments/0/fields/0"),
        ],
    )
    def test_a_wrong_field_is_named(self, change: dict[str, object], pointer: str) -> None:
        form = ncpdp.to_json(ncpdp.parse(CLAIM)) | change
        with pytest.raises(ncpdp.InvalidJson) as caught:
            ncpdp.from_json(form)
        assert pointer in [detail.path for detail in caught.value.details]

    @pytest.mark.parametrize("code", [b"b1", b"B ", b"\x01\x7f"])
    def test_a_code_of_no_list_comes_back_too(self, code: bytes) -> None:
        data = CLAIM.replace(b"D0B1", b"D0" + code)
        form = ncpdp.to_json(ncpdp.parse(data))
        assert ncpdp.write(ncpdp.from_json(form)) == data

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"pcn": "12345678901"}, "/header/pcn"),
            ({"transaction_code": "B1X"}, "/header/transaction_code"),
            ({"vendor_id": "€"}, ""),
        ],
    )
    def test_what_cannot_be_written_is_refused(self, change: dict[str, str], pointer: str) -> None:
        form = ncpdp.to_json(ncpdp.parse(CLAIM))
        form["header"] |= change
        del form["type"]
        with pytest.raises(ncpdp.InvalidJson) as caught:
            ncpdp.from_json(form)
        assert [detail.path for detail in caught.value.details] == [pointer]


text = st.text(
    st.characters(codec="latin-1", exclude_characters="\x02\x03\x00\r\n\x1c\x1d\x1e"), max_size=8
)
identity = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=2).filter(
    lambda text: text != "AM"
)
segments = st.lists(
    st.builds(Segment, identity, st.lists(st.builds(Field, identity, text), max_size=5).map(tuple)),
    max_size=4,
).map(tuple)


@given(segments, st.lists(segments, max_size=4).map(tuple))
def test_every_message_comes_back(
    first: tuple[Segment, ...], transactions: tuple[tuple[Segment, ...], ...]
) -> None:
    message = replace(request(CLAIM), segments=first, transactions=transactions)
    data = ncpdp.write(message)
    again = request(data)
    assert ncpdp.write(again) == data
    assert again == message
