"""Findings of D.0: what is missing, what does not count up, what contradicts what."""

from __future__ import annotations

import time

import ncpdp
import pytest
from ncpdp.telecom.codes import TABLES, entry

from tests.unit.ncpdp.telecom_messages import messages

MESSAGES = messages()


def codes(data: bytes) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in ncpdp.check(ncpdp.parse(data))]


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "path"),
    [
        ("b1", b"\x1cE730000", b"", "field.missing", "1/07/E7"),
        ("b1", b"\x1cD530", b"", "field.missing", "1/07/D5"),
        ("b1", b"\x1cD20000007", b"", "field.missing", "1/07/D2"),
        ("b1", b"\x1cC2YXE123456789", b"", "field.missing", "04/C2"),
        ("b1", b"E730000", b"E70", "quantity.not_positive", "1/07/E7"),
        ("b1", b"D530", b"D5AB", "number.malformed", "1/07/D5"),
        ("b1", b"C51", b"C57", "telecom.value", "01/C5"),
        ("b1", b"C61", b"C69", "telecom.value", "04/C6"),
        ("b1", b"D80", b"D8X", "telecom.value", "1/07/D8"),
        ("b1", b"D700071015623", b"D70071015623", "ndc.malformed", "1/07/D7"),
        ("b1", b"DB1234567802", b"DB1234567803", "npi.check_digit", "1/03/DB"),
        ("b1", b"EZ01\x1cDB1234567802", b"EZ12\x1cDBAP5836728", "dea.check_digit", "1/03/DB"),
        ("b1", b"011502203312     ", b"072109887        ", "ncpdp_id.check_digit", "header/B1"),
        ("b1", b"DE20260914", b"DE20260231", "date.malformed", "1/07/DE"),
        ("b1", b"DE20260914", b"DE20260915", "date.order", "1/07/DE"),
        ("b1", b"C419790517", b"C420790517", "date.order", "01/C4"),
        ("b1", b"DU1219D", b"DU1219E", "price.gross", "1/11/DU"),
        ("b1", b"CBDOE", b"CBDO\xc9", "text.charset", "01/CB"),
        ("b1", b"CBDOE", b"CBABCDEFGHIJKLMNOP", "text.too_long", "01/CB"),
        ("b1", b"1502203312 ", b"           ", "provider.missing", "header/B1"),
        ("b1", b"MEDDPRIME 1", b"MEDDPRIME 7", "telecom.count", "header/A9"),
        ("b1", b"\x1d", b"", "telecom.framing", "message"),
        ("b1_two", b"4C2", b"4C3", "telecom.group_count", "1/05/4C"),
        ("b1_two", b"\x1c4C2", b"", "telecom.group_count", "1/05/4C"),
        ("b1_two", b"7E1", b"7E2", "telecom.group_count", "1/08/7E"),
        ("b1_two", b"5E02", b"5E01", "telecom.group_count", "1/05/5E"),
        ("b1_two", b"EC02", b"EC03", "telecom.group_count", "2/10/EC"),
        ("b1_two", b"7C610014", b"7C61001", "bin.malformed", "1/05/7C"),
        ("b1_two", b"C802", b"C801", "other_payer.unexpected", "1/07/C8"),
        ("b1_two", b"C802", b"C805", "telecom.value", "1/07/C8"),
        ("b1_two", b"D62", b"D61", "compound.unexpected", "2/07/D6"),
        ("b1", b"D61", b"D62", "compound.missing", "1/07/D6"),
        ("b1", b"DJ3", b"DJ3\x1cC808", "other_payer.missing", "1/07/C8"),
        ("rejected", b"FA02", b"FA01", "telecom.group_count", "1/21/FA"),
        ("rejected", b"ANR", b"ANX", "telecom.value", "1/21/AN"),
        ("rejected", b"\x1cANR", b"", "field.missing", "1/21/AN"),
        ("captured", b"ANC", b"ANR", "reject.missing", "1/21/FB"),
        ("paid", b"F9915{", b"F9916{", "price.unbalanced", "1/23/F9"),
        ("paid", b"FI100{", b"FI900{", "price.patient_parts", "1/23/F5"),
        ("paid", b"\x1cF5100{", b"", "field.missing", "1/23/F5"),
        ("paid", b"ANP", b"ANP\x1cFA01\x1cFB70", "reject.unexpected", "1/21/FB"),
        ("paid", b"B11A01", b"B11Q01", "telecom.status", "header/F1"),
        ("dur", b"J62", b"J63", "telecom.group_count", "1/24/J6"),
        ("dur", b"FS1", b"FS7", "telecom.value", "1/24/FS"),
    ],
)
def test_one_wrong_thing_gives_its_one_finding(
    name: str, old: bytes, new: bytes, code: str, path: str
) -> None:
    assert old in MESSAGES[name]
    found = codes(MESSAGES[name].replace(old, new, 1))
    assert (code, path) in found
    assert {one for one, _ in found} <= {code}


@pytest.mark.parametrize(
    ("name", "segment", "path"),
    [
        ("b1", b"11", "1/11"),
        ("b1", b"07", "1/07"),
        ("b1", b"04", "1/04"),
        ("b2", b"07", "1/07"),
        ("e1", b"04", "1/04"),
        ("p1", b"12", "1/12"),
        ("p4", b"12", "1/12"),
        ("n1", b"07", "1/07"),
        ("paid", b"21", "1/21"),
    ],
)
def test_a_needed_segment_is_missing(name: str, segment: bytes, path: str) -> None:
    data = MESSAGES[name]
    start = data.index(b"\x1e\x1cAM" + segment)
    ends = [at for at in (data.find(b"\x1e", start + 1), data.find(b"\x1d", start)) if at > 0]
    message = ncpdp.parse(data[:start] + data[min(ends, default=len(data)) :])
    missing = [one for one in ncpdp.check(message) if one.code == "segment.missing"]
    assert [(one.path, one.required) for one in missing] == [(path, True)]
    with pytest.raises(ncpdp.MissingElement):
        ncpdp.ensure_complete(message)


def test_a_paid_answer_without_its_price() -> None:
    assert codes(MESSAGES["paid"].partition(b"\x1e\x1cAM23")[0]) == [("segment.missing", "1/21")]


def test_a_dur_reject_without_its_alert() -> None:
    assert codes(MESSAGES["dur"].partition(b"\x1e\x1cAM24")[0]) == [("dur.missing", "1/21/FB")]


def test_the_second_transaction_is_named_and_pointed_at() -> None:
    head, claim, last = MESSAGES["b1_two"].rpartition(b"D530")
    data = head + claim.replace(b"30", b"XY") + last
    (finding,) = ncpdp.check(ncpdp.parse(data))
    assert (finding.path, finding.value) == ("2/07/D5", "XY")
    form = ncpdp.to_json(ncpdp.parse(data))
    _, _, transaction, segment, _, field = finding.pointer.split("/")
    assert form["transactions"][int(transaction)][int(segment)]["fields"][int(field)] == [
        "D5",
        "XY",
    ]
    assert finding.column
    assert data[finding.column - 1 :].startswith(b"D5XY")


def test_every_byte_a_finding_points_at_is_its_field() -> None:
    data = MESSAGES["b1_two"].replace(b"E103", b"E103 ").replace(b"EM1", b"EM1 ")
    found = ncpdp.check(ncpdp.parse(data))
    assert len(found) == 4
    for finding in found:
        at = (finding.column or 0) - 1
        assert data[at : at + 2].decode() == finding.path[-2:]


@pytest.mark.parametrize(
    "body",
    [
        b"\x1d\x1e\x1cAM07" + b"\x1cD3X" * 16_000,
        b"\x1d\x1e\x1cAM08" + b"\x1c7E" * 16_000,
        b"\x1d\x1e\x1cAM05" + b"\x1c5C1\x1cHCX" * 8_000,
        b"\x1d\x1e\x1cAM10" + b"\x1c2Hx" * 16_000,
        b"\x1d" + b"\x1e\x1cAM07" * 10_000,
        b"\x1e\x1cAM99" + b"\x1c\xff\xff" * 16_000,
    ],
    ids=["fields", "counters", "groups", "repeats", "segments", "strange"],
)
def test_the_longest_message_takes_no_long_time(body: bytes) -> None:
    data = MESSAGES["b1"][:56] + body
    started = time.process_time()
    message = ncpdp.parse(data)
    ncpdp.check(message)
    assert ncpdp.write(ncpdp.from_json(ncpdp.to_json(message))) == data
    assert time.process_time() - started < 5


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_code_has_words(table: str) -> None:
    assert all(one.words and code == one.code for code, one in TABLES[table].items())


def test_other_coverage_codes_come_with_and_without_a_zero() -> None:
    assert entry("other_coverage", "8") is entry("other_coverage", "08")
    assert entry("other_coverage", "7") is None
