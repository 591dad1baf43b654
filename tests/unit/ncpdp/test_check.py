"""Each finding by its code, and the difference between what is absent and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncpdp.script import ScriptMessage


def findings(data: bytes) -> list[ncpdp.Finding]:
    return ncpdp.check(ncpdp.parse(data))


def only(data: bytes) -> ncpdp.Finding:
    found = findings(data)
    assert len(found) == 1, found
    return found[0]


def cut(data: bytes, tag: str) -> bytes:
    """The message without its (first) element of that name."""
    head, _, rest = data.partition(f"<{tag}>".encode())
    return head + rest.partition(f"</{tag}>".encode())[2]


REQUIRED = [
    ("Sig", "sig.missing", "NewRx/MedicationPrescribed/Sig/SigText", "/medication/sig/text"),
    ("SigText", "sig.missing", "NewRx/MedicationPrescribed/Sig/SigText", "/medication/sig/text"),
    ("Patient", "element.missing", "NewRx/Patient", "/patient"),
    ("Prescriber", "element.missing", "NewRx/Prescriber", "/prescriber"),
    ("MedicationPrescribed", "element.missing", "NewRx/MedicationPrescribed", "/medication"),
    ("Quantity", "element.missing", "NewRx/MedicationPrescribed/Quantity", "/medication/quantity"),
    ("WrittenDate", "element.missing", "NewRx/MedicationPrescribed/WrittenDate",
     "/medication/written_date"),
    ("NumberOfRefills", "element.missing", "NewRx/MedicationPrescribed/NumberOfRefills",
     "/medication/number_of_refills"),
    ("SentTime", "element.missing", "Header/SentTime", "/header/sent_time"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "code", "path", "pointer"), REQUIRED)
def test_a_required_part_that_is_absent(
    sample: Callable[[str], bytes], tag: str, code: str, path: str, pointer: str
) -> None:
    data = cut(sample("newrx"), tag)
    finding = only(data)
    assert finding.required
    assert (finding.code, finding.severity) == (code, "error")
    assert (finding.path, finding.pointer) == (path, pointer)
    with pytest.raises(ncpdp.MissingElement) as caught:
        ncpdp.ensure_complete(ncpdp.parse(data))
    assert (caught.value.code, caught.value.path) == (code, path)
    assert caught.value.message_id == "EX-1"


WRONG = [
    (b"<NPI>1234567802", b"<NPI>1234567803", "npi.check_digit", "1234567803"),
    (b"<NPI>1234567802", b"<NPI>12345", "npi.malformed", "12345"),
    (b"<NPI>1234567802</NPI>", b"", "npi.missing", None),
    (b"AP1357929", b"AP1357928", "dea.check_digit", "AP1357928"),
    (b"AP1357929", b"XX", "dea.malformed", "XX"),
    (b"<NCPDPID>2109886", b"<NCPDPID>2109887", "ncpdp_id.check_digit", "2109887"),
    (b"<NCPDPID>2109886</NCPDPID>", b"", "ncpdp_id.missing", None),
    (b"00071015623", b"0071015623", "ndc.ambiguous", "0071015623"),
    (b"00071015623", b"71-1-2", "ndc.malformed", "71-1-2"),
    (b"E785", b"785", "icd10.malformed", "785"),
    (b"610014", b"61001", "bin.malformed", "61001"),
    (b"MEDDPRIME", b"MEDDPRIME12", "text.too_long", "MEDDPRIME12"),
    (b"<Value>30", b"<Value>0", "quantity.not_positive", "0"),
    (b"<Value>30", b"<Value>-1", "quantity.not_positive", "-1"),
    (b"<DaysSupply>30</DaysSupply>", b"", "days_supply.missing", None),
    (b"<DaysSupply>30", b"<DaysSupply>month", "number.malformed", "month"),
    (b"<Substitutions>0", b"<Substitutions>7", "substitutions.code", "7"),
    (b"<Date>2026-09-14", b"<Date>2026-02-30", "date.malformed", "2026-02-30"),
    (b"<Date>2026-09-14", b"<Date>20260914", "date.malformed", "20260914"),
    (b"<SentTime>2026-09-14T15:04:05Z", b"<SentTime>2026-09-14", "date.malformed", "2026-09-14"),
    (b"<MessageID>EX-1", b"<MessageID>" + b"E" * 36, "text.too_long", "E" * 36),
    (b"<FirstName>Jordan</FirstName>", b"", "demographics.missing", None),
    (b"<Gender>M</Gender>", b"", "demographics.missing", None),
]


@pytest.mark.parametrize(("old", "new", "code", "value"), WRONG)
def test_a_wrong_value_is_found_and_the_message_is_accepted(
    sample: Callable[[str], bytes], old: bytes, new: bytes, code: str, value: str | None
) -> None:
    data = sample("newrx").replace(old, new, 1)
    finding = only(data)
    assert (finding.code, finding.severity, finding.value) == (code, "error", value)
    assert not finding.required
    assert finding.message.endswith(".")
    ncpdp.ensure_complete(ncpdp.parse(data))


@pytest.mark.parametrize(
    ("old", "new", "code", "severity"),
    [
        (b"<LastName>Prescriber", b"<LastName>Married", "dea.surname", "warning"),
        (b"6145550120", b"614-555-0120", "phone.malformed", "warning"),
        (b"<LastName>Doe", "<LastName>Doë".encode(), "text.charset", "warning"),
        (b'<To Qualifier="P">', b'<To Qualifier="Q">', "qualifier.code", "warning"),
        (b"<Qualifier>ND<", b"<Qualifier>UP<", "ndc.absent", "info"),
    ],
)
def test_oddities_are_said_more_softly(
    sample: Callable[[str], bytes], old: bytes, new: bytes, code: str, severity: str
) -> None:
    finding = only(sample("newrx").replace(old, new, 1))
    assert (finding.code, finding.severity) == (code, severity)


def test_a_quantity_sufficient_needs_no_number(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(
        b"<Value>30</Value>\n          <CodeListQualifier>38", b"<CodeListQualifier>QS"
    )
    assert findings(data) == []


class TestControlled:
    def test_it_needs_a_dea_number(self, sample: Callable[[str], bytes]) -> None:
        data = cut(sample("newrx_controlled_civ"), "DEANumber")
        assert only(data).code == "dea.missing"

    def test_it_needs_a_signature(self, sample: Callable[[str], bytes]) -> None:
        data = sample("newrx_controlled_civ").replace(b">true<", b">false<")
        assert only(data).code == "epcs.signature_missing"

    def test_schedule_two_has_no_refills(self, sample: Callable[[str], bytes]) -> None:
        data = sample("newrx_controlled_civ").replace(b"C48677", b"C48675")
        finding = only(data)
        assert (finding.code, finding.pointer) == (
            "refills.not_allowed",
            "/medication/number_of_refills",
        )


def test_findings_point_into_lists(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"610014", b"6100")
    assert only(data).path == "NewRx/BenefitsCoordination[1]/PayerIdentification/IINNumber"
    assert only(data).pointer == "/benefits/0/bin"


def test_at_most_four_coverages(newrx: ScriptMessage, sample: Callable[[str], bytes]) -> None:
    data = sample("newrx")
    start = data.index(b"<BenefitsCoordination>")
    end = data.index(b"</BenefitsCoordination>") + len(b"</BenefitsCoordination>")
    assert only(data[:start] + data[start:end] * 5 + data[end:]).code == "benefits.too_many"


@pytest.mark.parametrize("name", ["status", "error", "verify", "cancelrxresponse", "rxfill"])
def test_an_answer_must_say_to_what(sample: Callable[[str], bytes], name: str) -> None:
    finding = only(cut(sample(name), "RelatesToMessageID"))
    assert (finding.code, finding.required) == ("relates_to.missing", True)


@pytest.mark.parametrize(("name", "old"), [("status", b"000"), ("error", b"900")])
def test_answer_codes_are_from_a_list(
    sample: Callable[[str], bytes], name: str, old: bytes
) -> None:
    finding = only(sample(name).replace(b"<Code>" + old, b"<Code>123"))
    assert (finding.code, finding.value) == ("answer.code", "123")


def test_a_cancel_response_says_yes_or_no(sample: Callable[[str], bytes]) -> None:
    finding = only(cut(sample("cancelrxresponse"), "Approved"))
    assert (finding.code, finding.required) == ("response.missing", True)
