"""Changed messages: the change is written, everything else stays where it was."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize

import ncpdp
import pytest
from ncpdp.script import (
    Benefits,
    Contact,
    Medication,
    NewRx,
    Phone,
    ScriptMessage,
    Sig,
    Version,
    convert,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VENDOR = b'<v:Hint xmlns:v="urn:vendor" v:level="2">keep <b>me</b> &amp; mine</v:Hint><!-- why -->'


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


def with_drug(message: ScriptMessage, **changes: object) -> ScriptMessage:
    body = message.body
    assert isinstance(body, NewRx)
    assert body.medication
    return replace(message, body=replace(body, medication=replace(body.medication, **changes)))


def canonical(data: bytes) -> str:
    return canonicalize(data.decode(), strip_text=True, with_comments=True)


def test_unknown_elements_attributes_and_remarks_stay_in_place(
    sample: Callable[[str], bytes],
) -> None:
    data = sample("newrx").replace(b"<DaysSupply>30", VENDOR + b"<DaysSupply odd='1'>30")
    changed = with_drug(read(data), days_supply="90")
    expected = data.replace(b"odd='1'>30", b"odd='1'>90")
    assert canonical(ncpdp.write(changed)) == canonical(expected)


def test_a_new_element_takes_its_place_in_the_schema(
    sample: Callable[[str], bytes], newrx: ScriptMessage
) -> None:
    changed = with_drug(newrx, note="Call first")
    expected = sample("newrx").replace(b"<Sig>", b"<Note>Call first</Note><Sig>")
    assert canonical(ncpdp.write(changed)) == canonical(expected)


def test_a_new_identifier_goes_before_those_the_schema_puts_later(
    sample: Callable[[str], bytes], newrx: ScriptMessage
) -> None:
    body = newrx.body
    assert isinstance(body, NewRx)
    assert body.prescriber
    prescriber = replace(body.prescriber, state_license_number="OH-1")
    changed = replace(newrx, body=replace(body, prescriber=prescriber))
    new = b"<StateLicenseNumber>OH-1</StateLicenseNumber><DEANumber>"
    expected = sample("newrx").replace(b"<DEANumber>", new)
    assert canonical(ncpdp.write(changed)) == canonical(expected)


def test_an_element_can_be_taken_away(sample: Callable[[str], bytes], newrx: ScriptMessage) -> None:
    changed = with_drug(newrx, days_supply=None)
    expected = sample("newrx").replace(b"<DaysSupply>30</DaysSupply>", b"")
    assert canonical(ncpdp.write(changed)) == canonical(expected)


def test_repeated_parts_grow_change_and_shrink(newrx: ScriptMessage) -> None:
    assert isinstance(newrx.body, NewRx)
    first, card = newrx.body.benefits[0], Benefits(bin="015581", payer_responsibility_code="S")
    two = replace(newrx, body=replace(newrx.body, benefits=(replace(first, pcn="NEW"), card)))
    again = read(ncpdp.write(two))
    assert again.body == two.body
    none = replace(again, body=replace(again.body, benefits=()))
    assert read(ncpdp.write(none)).body == none.body


def test_a_prefixed_message_keeps_its_prefix_when_changed(sample: Callable[[str], bytes]) -> None:
    data = (
        b'<x:Message xmlns:x="http://www.ncpdp.org/schema/SCRIPT" '
        b'TransactionVersion="20170715"><x:Header><x:MessageID>A</x:MessageID></x:Header>'
        b"<x:Body><x:Status><x:Code>000</x:Code></x:Status></x:Body></x:Message>"
    )
    message = read(data)
    changed = replace(message, header=replace(message.header, message_id="B"))
    assert canonical(ncpdp.write(changed)) == canonical(data.replace(b">A<", b">B<"))


def test_special_characters_survive(newrx: ScriptMessage) -> None:
    text = "a<b & \"c\" 'd' ]]> é"
    changed = with_drug(newrx, sig=Sig(text=text), note=text)
    for message in (changed, replace(changed, source=None)):
        again = read(ncpdp.write(message))
        assert again.body == changed.body


def test_what_xml_cannot_carry_is_refused(newrx: ScriptMessage) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        ncpdp.write(with_drug(newrx, note="bell \x07"))
    assert caught.value.code == "xml.character"


@pytest.mark.parametrize("value", [30, ["30"], b"30"])
def test_a_field_that_is_no_text_is_refused(newrx: ScriptMessage, value: object) -> None:
    changed = with_drug(newrx, days_supply=value)
    for action in (ncpdp.write, ncpdp.check):
        with pytest.raises(ncpdp.InvalidValue) as caught:
            action(replace(changed, source=None))
        assert caught.value.code == "value.type"


def test_a_message_built_from_nothing_is_read_back() -> None:
    body = NewRx(medication=Medication(drug_description="X", written_date="2026-09-14T08:00:00Z"))
    header = ncpdp.script.Header(message_id="M-1")
    message = ScriptMessage(header=header, body=body)
    data = ncpdp.write(message)
    assert b"<WrittenDate><DateTime>" in data
    assert read(data) == message


class TestConversion:
    def test_to_2023011_and_back(
        self, sample: Callable[[str], bytes], newrx: ScriptMessage
    ) -> None:
        data = sample("newrx").replace(b"<DaysSupply>", VENDOR + b"<DaysSupply>")
        newer = ncpdp.write(convert(read(data), Version.V2023011))
        assert b"<Names>" in newer
        assert b"<AdministrativeGender>M</AdministrativeGender>" in newer
        assert b"<NDC>00071015623</NDC>" in newer
        assert b"urn:vendor" in newer
        again = read(newer)
        assert again.version is Version.V2023011
        assert again.body == newrx.body
        older = ncpdp.write(convert(again, Version.V2017071))
        assert canonical(older) == canonical(data)

    def test_a_changed_2023011_message_stays_one(self, newrx: ScriptMessage) -> None:
        newer = read(ncpdp.write(convert(newrx, Version.V2023011)))
        assert isinstance(newer.body, NewRx)
        assert newer.body.patient
        patient = replace(
            newer.body.patient, contact=Contact(fax=Phone(number="6145550199")), gender="F"
        )
        changed = replace(newer, body=replace(newer.body, patient=patient))
        data = ncpdp.write(changed)
        close = re.sub(rb">\s+<", b"><", data)
        assert b"<GenderAndSex><AdministrativeGender>F<" in close
        assert read(data).body == changed.body

    def test_10_6_is_not_written(self, newrx: ScriptMessage) -> None:
        with pytest.raises(ncpdp.InvalidValue):
            convert(newrx, Version.V10_6)
