"""A change is put into its place in the text; whatever stands around it keeps every byte."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ncpdp.script import Endpoint, ScriptMessage, Version, convert, rendering
from ncpdp.script.splicing import spliced

from tests.unit.ncpdp.arbitrary import NAMES, messages

if TYPE_CHECKING:
    from collections.abc import Callable

DECLARED = b"<?xml version='1.0' encoding='UTF-8'?>"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
DEFAULT = b'<Message xmlns="http://www.ncpdp.org/schema/SCRIPT" '


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


def renamed(message: ScriptMessage) -> ScriptMessage:
    return replace(message, header=replace(message.header, message_id="EX-2"))


def with_drug(message: ScriptMessage, **changes: object) -> ScriptMessage:
    body: Any = message.body
    return replace(message, body=replace(body, medication=replace(body.medication, **changes)))


def in_place(message: ScriptMessage) -> str | None:
    assert message.source
    return spliced(message, message.source.original, message.source.data.decode())


@pytest.mark.parametrize("root", [b"<Message ", DEFAULT], ids=["bare", "default"])
def test_what_did_not_change_keeps_its_bytes(sample: Callable[[str], bytes], root: bytes) -> None:
    data = sample("newrx").replace(b"<Message ", root).replace(b"\n", b"\r\n")
    data = data.replace(b"Columbus", b"Col&#117;mbus").replace(b"<City>", b"<City  note='a>b' >")
    changed = with_drug(renamed(read(data)), days_supply="90")
    written = ncpdp.write(changed)
    patient = data[data.index(b"<Patient>") : data.index(b"<MedicationPrescribed>")]
    assert patient in written
    assert written.startswith(DECLARATION + b"\n" + data[data.index(b"<Message") :][:100])
    assert read(written) == changed


def test_only_the_innermost_part_is_written_anew(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<DrugDescription>", b"<DrugDescription >")
    body: Any = read(data).body
    quantity = replace(body.medication.quantity, value="90")
    written = ncpdp.write(with_drug(read(data), quantity=quantity))
    expected = data.replace(DECLARED, DECLARATION).replace(b"<Value>30", b"<Value>90")
    assert written == expected.strip()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<Note>", b"<!-- <MedicationPrescribed> --><Note>"),
        (b"Call first", b"<![CDATA[</MedicationPrescribed>]]>"),
        (b"<Note>", b"<?odd <MedicationPrescribed> ?><Note>"),
        (b"<Note>", b"<v:Note xmlns:v='urn:v'>x</v:Note><Note>"),
        (b"</MedicationPrescribed>", b"</MedicationPrescribed >"),
        (b"<NewRx>", b"<NewRx><Odd><MedicationPrescribed/></Odd>"),
        (b"<Message ", b"<Message xmlns:v='urn:v' v:odd='1' "),
    ],
)
def test_a_text_with_more_in_it_than_elements_comes_out_right(
    sample: Callable[[str], bytes], before: bytes, after: bytes
) -> None:
    data = sample("newrx").replace(b"<Sig>", b"<Note>Call first</Note><Sig>").replace(before, after)
    changed = with_drug(read(data), days_supply="90")
    assert read(ncpdp.write(changed)) == changed
    expected = data.replace(b"<DaysSupply>30", b"<DaysSupply>90")
    assert _canonical(ncpdp.write(changed)) == _canonical(expected)


def test_an_empty_part_counts_as_the_first(sample: Callable[[str], bytes]) -> None:
    begin = b"<MedicationPrescribed>"
    data = sample("newrx").replace(begin, b"<MedicationPrescribed/>" + begin)
    changed = with_drug(read(data), days_supply="90")
    filled = begin + b"<DaysSupply>90</DaysSupply></MedicationPrescribed>"
    expected = data.replace(b"<MedicationPrescribed/>", filled)
    assert _canonical(ncpdp.write(changed)) == _canonical(expected)


def test_a_prefix_from_outside_is_understood(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<Message ", b"<Message xmlns:v='urn:v' ")
    data = data.replace(b"<DaysSupply>", b"<DaysSupply v:odd='1'>")
    changed = with_drug(read(data), days_supply="90")
    assert in_place(changed) is None
    expected = data.replace(b"'1'>30", b"'1'>90")
    assert _canonical(ncpdp.write(changed)) == _canonical(expected)


def test_an_end_that_was_not_sent_is_not_looked_for_elsewhere(
    sample: Callable[[str], bytes],
) -> None:
    data = sample("newrx").replace(b'<To Qualifier="P">2109886</To>', b"")
    data = data.replace(b"<NewRx>", b"<NewRx><Odd><To>other</To></Odd>")
    message = read(data)
    changed = replace(message, header=replace(message.header, to=Endpoint(id="2109886")))
    written = ncpdp.write(changed)
    assert b"<Odd><To>other</To></Odd>" in written
    assert read(written).header.to == Endpoint(id="2109886")


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_both_ways_of_writing_a_change_say_the_same(name: str, data: st.DataObject) -> None:
    one, other = data.draw(messages(name)), data.draw(messages(name))
    message = read(ncpdp.write(one))
    body: Any = message.body
    taken = data.draw(st.lists(st.sampled_from([field.name for field in fields(body)]), max_size=2))
    change = {field: getattr(other.body, field) for field in taken}
    header = replace(message.header, message_id="changed")
    changed = replace(message, header=header, body=replace(body, **change))
    assert message.source
    text = message.source.data.decode()
    whole = rendering._merged(changed, message.source.original, text)
    assert canonicalize(in_place(changed) or whole) == canonicalize(whole)


@pytest.mark.parametrize("version", [Version.V2017071, Version.V2023011])
def test_the_usual_message_is_not_read_again(newrx: ScriptMessage, version: Version) -> None:
    message = read(ncpdp.write(convert(newrx, version)))
    assert in_place(renamed(message))
    assert in_place(with_drug(message, note="Call first", number_of_refills=None))
    other = next(one for one in Version if one is not version)
    assert in_place(replace(message, version=other)) is None


def test_what_a_version_has_elsewhere_stays_there(newrx: ScriptMessage) -> None:
    message = read(ncpdp.write(convert(newrx, Version.V2023011)))
    body: Any = message.body
    drug = replace(body.medication.drug, product_code="00093505698")
    name = replace(body.patient.name, last_name="Roe", middle_name="A")
    patient = replace(body.patient, name=name, gender="F")
    medication = replace(body.medication, drug=drug, substitutions="1")
    changed = replace(message, body=replace(body, patient=patient, medication=medication))
    written = in_place(changed)
    assert written
    plain = "".join(map(str.strip, written.splitlines()))
    assert "<Product><DrugCoded><NDC>00093505698</NDC>" in plain
    assert "<Names><Name><LastName>Roe</LastName>" in plain
    assert "<GenderAndSex><AdministrativeGender>F</AdministrativeGender>" in plain
    assert "<Substitutions><Substitutions>1</Substitutions>" in plain
    assert read(written.encode()) == changed


def _canonical(data: bytes) -> str:
    return canonicalize(data.decode(), strip_text=True, with_comments=True)
