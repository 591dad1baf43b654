"""The rules of each message type, on samples with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ncpdp
import pytest
from ncpdp.script import ScriptMessage, Version, convert

Sample = Callable[[str], bytes]
NO = b"<Denied><DenialReason>No</DenialReason></Denied>"
FLAG = b"<ChangeOfPrescriptionStatusFlag>X</ChangeOfPrescriptionStatusFlag>"
APPROVED = b"<Approved>\n          <Note>Not yet dispensed</Note>\n        </Approved>"

BROKEN = [
    ("rxchangerequest", b"Code>T<", b"Code>Z<", "code.unknown",
     "RxChangeRequest/MessageRequestCode"),
    ("rxchangerequest", b"<MessageRequestCode>T</MessageRequestCode>", b"", "element.missing",
     "RxChangeRequest/MessageRequestCode"),
    ("rxchangerequest", b"Code>T<", b"Code>U<", "request.sub_code",
     "RxChangeRequest/MessageRequestSubCode"),
    ("rxchangeresponse", b"Approved>", b"Validated>", "response.not_for_request",
     "RxChangeResponse/Response/Validated"),
    ("rxchangeresponse", b"Approved>", b"Agreed>", "response.missing", "RxChangeResponse"),
    ("rxchangeresponse", b"</Approved>", b"</Approved>" + NO,
     "response.several", "RxChangeResponse/Response/Denied"),
    ("rxrenewalresponse", b"<Approved/>", b"<Perhaps/>", "response.missing", "RxRenewalResponse"),
    ("rxrenewalresponse", b"MedicationResponse>", b"MedicationPrescribed>", "element.missing",
     "RxRenewalResponse/MedicationResponse"),
    ("rxrenewalrequest", b"MedicationDispensed>", b"MedicationGiven>", "element.missing",
     "RxRenewalRequest/MedicationDispensed"),
    ("rxrenewalrequest", b"<PharmacyRequestedRefills>3</PharmacyRequestedRefills>", b"",
     "refills.missing", "RxRenewalRequest/MedicationDispensed/PharmacyRequestedRefills"),
    ("rxfill", b"<Dispensed/>", b"<Filled/>", "fill_status.missing", "RxFill"),
    ("rxfill", b"<Dispensed/>", b"<Dispensed/><NotDispensed/>", "response.several",
     "RxFill/FillStatus/NotDispensed"),
    ("rxfill", b"MedicationDispensed>", b"MedicationPrescribed>", "element.missing",
     "RxFill/MedicationDispensed"),
    ("rxtransferrequest", b"FROM PHARMACY", b"TO PHARMACY", "transfer.pharmacies",
     "RxTransferRequest/Pharmacy"),
    ("rxtransferrequest", b"TRANSFER FROM PHARMACY", b"FROM", "code.unknown",
     "RxTransferRequest/Pharmacy[2]/TransferType"),
    ("rxtransferrequest", b">ALL<", b">SOME<", "code.unknown", "RxTransferRequest/TransferRequest"),
    ("rxtransferrequest", b">ALL<", b">SPECIFIC<", "transfer.prescriptions",
     "RxTransferRequest/MedicationPrescribed"),
    ("cancelrxresponse", APPROVED,
     b"<Denied/>", "denial.reason_missing", "CancelRxResponse/Response/Denied"),
    ("verify", b">010<", b">000<", "answer.code", "Verify/VerifyStatus/Code"),
    ("cancelrx", b"<Pharmacy>", FLAG + b"<Pharmacy>",
     "code.unknown", "CancelRx/ChangeOfPrescriptionStatusFlag"),
    ("newrx", b"<Gender>M", b"<Gender>Q", "code.unknown", "NewRx/Patient/HumanPatient/Gender"),
    ("newrx", b"<PatientRelationship>1", b"<PatientRelationship>9", "code.unknown",
     "NewRx/BenefitsCoordination[1]/PatientRelationship"),
    ("newrx", b"<PayerResponsibilityCode>P", b"<PayerResponsibilityCode>Z", "code.unknown",
     "NewRx/BenefitsCoordination[1]/PayerResponsibilityCode"),
    ("newrx", b"<NoKnownAllergies>Y", b"<NoKnownAllergies>yes", "code.unknown",
     "NewRx/AllergyOrAdverseEvent/NoKnownAllergies"),
    ("newrx", b"<PostalCode>43201", b"<PostalCode>4320", "postal_code.malformed",
     "NewRx/Patient/HumanPatient/Address/PostalCode"),
    ("newrx", b"<StateProvince>OH", b"<StateProvince>Ohio", "state.malformed",
     "NewRx/Patient/HumanPatient/Address/StateProvince"),
    ("newrx", b"1979-05-17", b"2979-05-17", "demographics.missing",
     "NewRx/Patient/HumanPatient/DateOfBirth"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code", "path"), BROKEN)
def test_one_thing_wrong(
    sample: Sample, name: str, old: bytes, new: bytes, code: str, *, path: str
) -> None:
    data = sample(name)
    assert old in data
    count = 1 if old.startswith(b"<") or b"PHARMACY" in old else -1
    found = ncpdp.check(ncpdp.parse(data.replace(old, new, count)))
    assert (code, path) in [(finding.code, finding.path) for finding in found]
    assert all(finding.line for finding in found)


QUANTITIES = b"""<Quantity><Value>30</Value><CodeListQualifier>38</CodeListQualifier></Quantity>
<Quantity><Value>20</Value><CodeListQualifier>40</CodeListQualifier></Quantity>
<Quantity><Value>20</Value><CodeListQualifier>QT</CodeListQualifier></Quantity>"""


@pytest.fixture
def transfer_response(sample: Sample) -> bytes:
    data = sample("rxtransferrequest").replace(b"RxTransferRequest>", b"RxTransferResponse>")
    data = data.replace(b"<SentTime>", b"<RelatesToMessageID>A</RelatesToMessageID><SentTime>")
    data = data.replace(
        b"<TransferRequest>ALL</TransferRequest>",
        b"""<MedicationPrescribed>
<DrugDescription>X</DrugDescription>"""
        + QUANTITIES
        + b"</MedicationPrescribed>",
    )
    return data.replace(b"<Patient>", b"<Response><Approved/></Response><Patient>")


def test_a_transfer_with_its_three_quantities_is_in_order(transfer_response: bytes) -> None:
    assert ncpdp.check(ncpdp.parse(transfer_response)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<Value>20</Value><CodeListQualifier>QT", b"<Value>25</Value><CodeListQualifier>QT"),
        (b"<Value>20</Value><CodeListQualifier>40", b"<Value>31</Value><CodeListQualifier>40"),
        (b"CodeListQualifier>QT<", b"CodeListQualifier>40<"),
        (QUANTITIES.partition(b"\n")[2], b""),
    ],
)
def test_quantities_of_a_transfer_fit_each_other(
    transfer_response: bytes, old: bytes, new: bytes
) -> None:
    found = ncpdp.check(ncpdp.parse(transfer_response.replace(old, new)))
    assert [finding.code for finding in found] == ["transfer.quantities"]


class TestControlledAnswers:
    def test_an_approved_renewal_of_schedule_two_has_no_refills_and_a_signature(
        self, sample: Sample
    ) -> None:
        schedule = b"<DEASchedule><Code>C48675</Code></DEASchedule></DrugCoded>"
        data = sample("rxrenewalresponse").replace(b"</DrugCoded>", schedule)
        found = {finding.code for finding in ncpdp.check(ncpdp.parse(data))}
        assert found == {"epcs.signature_missing", "refills.not_allowed"}
        denied = data.replace(b"<Approved/>", NO)
        assert ncpdp.check(ncpdp.parse(denied)) == []


STRUCTURE = [
    (b"<DaysSupply>", b"<Nonsense/><DaysSupply>", "element.unknown", "info"),
    (b"<DaysSupply>30</DaysSupply>", b"<DaysSupply>30</DaysSupply><DaysSupply>31</DaysSupply>",
     "element.repeated", "error"),
    (b"<City>Columbus</City>\n            <StateProvince>OH</StateProvince>",
     b"<StateProvince>OH</StateProvince><City>Columbus</City>", "element.order", "warning"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "severity"), STRUCTURE)
@pytest.mark.parametrize("version", [Version.V2017071, Version.V2023011])
def test_the_structure(
    sample: Sample, old: bytes, new: bytes, code: str, *, severity: str, version: Version
) -> None:
    message = ncpdp.parse(sample("newrx").replace(old, new, 1))
    assert isinstance(message, ScriptMessage)
    written = ncpdp.write(convert(message, version))
    (finding,) = ncpdp.check(ncpdp.parse(written))
    assert (finding.code, finding.severity) == (code, severity)


def test_a_vendors_element_is_nothing_to_remark_on(sample: Sample) -> None:
    data = sample("newrx").replace(b"<DaysSupply>", b'<v:A xmlns:v="urn:v"/><DaysSupply>')
    assert ncpdp.check(ncpdp.parse(data)) == []


class TestPositions:
    def test_line_and_column_are_those_of_the_element(self, sample: Sample) -> None:
        data = sample("newrx").replace(b"<NPI>1234567802", b"<NPI>1234567803")
        (finding,) = ncpdp.check(ncpdp.parse(data))
        line = data.decode().splitlines()[(finding.line or 0) - 1]
        assert line[(finding.column or 0) - 1 :] == "<NPI>1234567803</NPI>"

    def test_what_is_missing_is_looked_for_around_it(self, sample: Sample) -> None:
        data = sample("newrx").replace(b"<NPI>1234567802</NPI>", b"")
        (finding,) = ncpdp.check(ncpdp.parse(data))
        lines = data.decode().splitlines()
        assert lines[(finding.line or 0) - 1].strip() == "<Identification>"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_in_every_encoding(self, sample: Sample, encoding: str) -> None:
        text = sample("newrx").decode().replace("UTF-8", "UTF-16").replace("Doe", "Doë", 1)
        line = next(at for at, one in enumerate(text.splitlines(), 1) if "Do\u00eb" in one)
        found = ncpdp.check(ncpdp.parse(text.encode(encoding)))
        assert [(one.code, one.line) for one in found] == [("text.charset", line)]

    def test_in_a_newer_version_and_inside_soap(self, sample: Sample) -> None:
        message = ncpdp.parse(sample("newrx").replace(b"<Gender>M", b"<Gender>Q"))
        assert isinstance(message, ScriptMessage)
        newer = ncpdp.write(convert(message, Version.V2023011)).partition(b"?>")[2]
        soap = b'<w:Envelope xmlns:w="http://schemas.xmlsoap.org/soap/envelope/">\n<w:Body>'
        data = soap + newer + b"</w:Body></w:Envelope>"
        (finding,) = ncpdp.check(ncpdp.parse(data))
        line = data.decode().splitlines()[(finding.line or 0) - 1]
        assert line[(finding.column or 0) - 1 :].startswith("<AdministrativeGender>Q")

    def test_a_changed_message_has_none(self, sample: Sample) -> None:
        message = ncpdp.parse(sample("newrx").replace(b"<Gender>M", b"<Gender>Q"))
        assert isinstance(message, ScriptMessage)
        changed = replace(message, header=replace(message.header, message_id="Z"))
        assert [finding.line for finding in ncpdp.check(changed)] == [None]


def test_a_validation_may_bring_the_number_that_was_asked_for(sample: Sample) -> None:
    number = (
        b"<Prescriber><NonVeterinarian><Identification><DEANumber>AP1357929</DEANumber>"
        b"</Identification></NonVeterinarian></Prescriber>"
    )
    data = sample("rxchangeresponse").replace(b"Code>T<", b"Code>U<")
    before, _, rest = data.partition(b"<Response>")
    data = before + b"<Response><Validated>" + number + b"</Validated></Response>"
    data += rest.partition(b"</Response>")[2]
    message = ncpdp.parse(data)
    assert ncpdp.check(message) == []
    said = ncpdp.to_json(message)["validated"]["prescriber"]
    assert said == {"dea_number": "AP1357929"}
