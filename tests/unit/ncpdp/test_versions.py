"""10.6 and 2023011 as they arrive, and versions that are refused but can be answered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp.script import (
    CancelRx,
    Name,
    NewRx,
    OtherBody,
    OtherDate,
    ScriptMessage,
    Version,
    convert,
    reply_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = b"""<?xml version="1.0" encoding="utf-8"?>
<Message version="010" release="006" xmlns="http://www.ncpdp.org/schema/SCRIPT">
 <Header>
  <To Qualifier="P">2109886</To><From Qualifier="C">6301875277001</From>
  <MessageID>OLD-1</MessageID><SentTime>2012-03-01T10:00:00Z</SentTime>
  <PrescriberOrderNumber>PON-9</PrescriberOrderNumber>
 </Header>
 <Body><NewRx>
  <Pharmacy>
   <Identification><NCPDPID>2109886</NCPDPID><NPI>1502203312</NPI></Identification>
   <StoreName>Example Pharmacy</StoreName>
   <Address><AddressLine1>1 Way</AddressLine1><City>Columbus</City><State>OH</State>
    <ZipCode>43215</ZipCode></Address>
   <CommunicationNumbers>
    <Communication><Number>6145550100</Number><Qualifier>TE</Qualifier></Communication>
    <Communication><Number>6145550101</Number><Qualifier>FX</Qualifier></Communication>
   </CommunicationNumbers>
  </Pharmacy>
  <Prescriber>
   <Identification><NPI>1234567802</NPI><DEANumber>AP1357929</DEANumber></Identification>
   <ClinicName>Example Clinic</ClinicName>
   <Name><LastName>Prescriber</LastName><FirstName>Pat</FirstName></Name>
  </Prescriber>
  <Patient>
   <Name><LastName>Doe</LastName><FirstName>Jordan</FirstName></Name><Gender>M</Gender>
   <DateOfBirth><Date>1979-05-17</Date></DateOfBirth>
   <CommunicationNumbers>
    <Communication><Number>j@example.org</Number><Qualifier>EM</Qualifier></Communication>
   </CommunicationNumbers>
  </Patient>
  <MedicationPrescribed>
   <DrugDescription>Lipitor 20 MG Oral Tablet</DrugDescription>
   <DrugCoded><ProductCode>00071015623</ProductCode>
    <ProductCodeQualifier>ND</ProductCodeQualifier><Strength>20</Strength>
    <DrugDBCode>617320</DrugDBCode><DrugDBCodeQualifier>SBD</DrugDBCodeQualifier></DrugCoded>
   <Quantity><Value>30</Value><CodeListQualifier>38</CodeListQualifier>
    <UnitSourceCode>AC</UnitSourceCode><PotencyUnitCode>C48542</PotencyUnitCode></Quantity>
   <DaysSupply>30</DaysSupply>
   <Directions>Take 1 tablet daily</Directions>
   <Refills><Qualifier>R</Qualifier><Value>3</Value></Refills>
   <Substitutions>0</Substitutions>
   <WrittenDate><Date>2012-03-01</Date></WrittenDate>
   <Diagnosis><ClinicalInformationQualifier>1</ClinicalInformationQualifier>
    <Primary><Qualifier>ABF</Qualifier><Value>E785</Value></Primary></Diagnosis>
  </MedicationPrescribed>
  <BenefitsCoordination><PayerIdentification><BINLocationNumber>610014</BINLocationNumber>
   </PayerIdentification><CardholderID>Y1</CardholderID></BenefitsCoordination>
 </NewRx></Body>
</Message>"""


def read(data: bytes) -> ScriptMessage:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    return message


class TestOld:
    def test_it_reads_like_a_new_one(self) -> None:
        message = read(OLD)
        body = message.body
        assert message.version is Version.V10_6
        assert isinstance(body, NewRx)
        drug = body.medication
        assert drug
        assert drug.quantity
        assert drug.drug
        assert (drug.ndc, drug.sig_text, drug.refills) == ("00071015623", "Take 1 tablet daily", 3)
        assert (drug.quantity.amount, drug.quantity.unit_code) == (Decimal(30), "C48542")
        assert (drug.drug.strength_value, drug.drug.drug_db_code) == ("20", "617320")
        assert drug.diagnoses[0].primary
        assert drug.diagnoses[0].primary.code == "E785"
        assert [one.bin for one in body.benefits] == ["610014"]

    def test_its_people_read_alike_too(self) -> None:
        body = read(OLD).body
        assert isinstance(body, NewRx)
        assert body.pharmacy
        assert body.pharmacy.address
        assert body.pharmacy.contact
        assert body.pharmacy.contact.fax
        assert (body.pharmacy.business_name, body.pharmacy.address.state) == (
            "Example Pharmacy",
            "OH",
        )
        assert body.pharmacy.contact.fax.number == "6145550101"
        assert body.prescriber
        assert body.prescriber.practice_name == "Example Clinic"
        assert body.patient
        assert body.patient.contact
        assert body.patient.contact.email == "j@example.org"

    def test_it_has_nothing_missing(self) -> None:
        assert ncpdp.check(read(OLD)) == []

    def test_it_can_be_written_as_2017071(self) -> None:
        message = read(OLD)
        newer = read(ncpdp.write(convert(message, Version.V2017071)))
        assert newer.body == message.body
        assert newer.namespace == ""

    def test_a_cancellation_says_which_kind(self) -> None:
        flag = b"<ChangeofPrescriptionStatusFlag>D</ChangeofPrescriptionStatusFlag>"
        data = OLD.replace(b"<Pharmacy>", b"<Request>" + flag + b"</Request><Pharmacy>", 1)
        body = read(data.replace(b"NewRx>", b"CancelRx>")).body
        assert isinstance(body, CancelRx)
        assert body.change_of_prescription_status == "D"

    def test_an_agent_has_a_name(self) -> None:
        agent = b"<PrescriberAgent><LastName>Helper</LastName><FirstName>Hal</FirstName>"
        data = OLD.replace(b"<ClinicName>", agent + b"</PrescriberAgent><ClinicName>")
        body = read(data).body
        assert isinstance(body, NewRx)
        assert body.prescriber
        assert body.prescriber.agent
        assert body.prescriber.agent.name == Name(last_name="Helper", first_name="Hal")

    def test_refills_as_needed_are_not_taken_for_none(self) -> None:
        data = OLD.replace(
            b"<Qualifier>R</Qualifier><Value>3</Value>", b"<Qualifier>PRN</Qualifier>"
        )
        message = read(data)
        assert isinstance(message.body, NewRx)
        assert message.body.medication
        assert message.body.medication.number_of_refills == "PRN"
        assert [one.code for one in ncpdp.check(message)] == ["number.malformed"]

    def test_its_dates_become_dates_with_a_qualifier(self) -> None:
        date = b"<EffectiveDate><Date>2012-04-01</Date></EffectiveDate><Diagnosis>"
        body = read(OLD.replace(b"<Diagnosis>", date)).body
        assert isinstance(body, NewRx)
        assert body.medication
        assert body.medication.other_dates == (
            OtherDate(date="2012-04-01", qualifier="EffectiveDate"),
        )

    def test_it_is_answered_in_2017071(self) -> None:
        answer = reply_error(read(OLD), "900", "4010", "No", message_id="R", sent_time="t")
        assert answer.version is Version.V2017071
        assert answer.header.relates_to_message_id == "OLD-1"


@pytest.mark.parametrize(
    ("old", "new", "kind", "code"),
    [
        (b'TransactionVersion="20170715"', b'TransactionVersion="20991231"', ncpdp.WrongVersion,
         "version.unsupported"),
        (b'TransactionDomain="SCRIPT"', b'TransactionDomain="OTHER"', ncpdp.UnsupportedMessage,
         "domain.unsupported"),
        (b"<NewRx>", b"<Extra/><NewRx>", ncpdp.MissingElement, "body.malformed"),
    ],
)  # fmt: skip
def test_what_is_refused_can_be_answered(
    sample: Callable[[str], bytes], old: bytes, new: bytes, kind: type[ncpdp.NcpdpError], code: str
) -> None:
    with pytest.raises(kind) as caught:
        ncpdp.parse(sample("newrx").replace(old, new))
    error = caught.value
    assert (error.code, error.message_id, error.sender) == (code, "EX-1", "1000000000001")
    assert error.envelope
    answer = reply_error(
        error.envelope, "900", None, "Not supported", message_id="R-1", sent_time="t"
    )
    again = read(ncpdp.write(answer))
    assert again.version is Version.V2017071
    assert again.header.relates_to_message_id == "EX-1"
    assert again.header.to.qualifier == "D"


@pytest.mark.parametrize("wire", ["2023011", "20230111", "20230115"])
def test_2023011_is_recognised_and_answered_in_kind(
    sample: Callable[[str], bytes], wire: str
) -> None:
    data = sample("status").replace(b"20170715", wire.encode())
    message = read(data)
    assert message.version is Version.V2023011
    answer = reply_error(message, "900", None, "x", message_id="R", sent_time="t")
    assert f'TransactionVersion="{wire}"'.encode() in ncpdp.write(answer)


@pytest.mark.parametrize("part", [b"Header", b"MessageID"])
def test_without_a_message_id_there_is_nothing_to_answer(
    sample: Callable[[str], bytes], part: bytes
) -> None:
    data = sample("status").replace(b"<" + part, b"<X").replace(b"</" + part, b"</X")
    with pytest.raises(ncpdp.NotReadable) as caught:
        ncpdp.parse(data)
    assert caught.value.envelope is None
    assert caught.value.message_id is None
    assert caught.value.header is None


def test_a_veterinary_prescriber_is_read_too(sample: Callable[[str], bytes]) -> None:
    message = read(sample("newrx").replace(b"NonVeterinarian>", b"Veterinarian>"))
    assert isinstance(message.body, NewRx)
    assert message.body.prescriber
    assert message.body.prescriber.npi == "1234567802"
    assert not isinstance(message.body, OtherBody)
