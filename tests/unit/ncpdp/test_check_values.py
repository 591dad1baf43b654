"""Numbers, codes and people of a prescription that are not as they should be, or are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

DRUG = "NewRx/MedicationPrescribed"
SIGNED = b"<DigitalSignature Version='1.1'><SignatureValue>AAAA</SignatureValue></DigitalSignature>"


def findings(data: bytes) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.path) for one in ncpdp.check(ncpdp.parse(data))]


def with_text(data: bytes, tag: str, text: str) -> bytes:
    """The message with another text in its (first) element of that name."""
    before, _, rest = data.partition(f"<{tag}>".encode())
    return before + f"<{tag}>{text}".encode() + rest[rest.index(b"</") :]


@pytest.mark.parametrize("sent", ["-5", "1.5", "PRN", "+3"])
@pytest.mark.parametrize("tag", ["DaysSupply", "NumberOfRefills"])
def test_days_and_refills_are_whole_numbers(
    sample: Callable[[str], bytes], tag: str, sent: str
) -> None:
    data = with_text(sample("newrx"), tag, sent)
    assert findings(data) == [("number.malformed", "error", f"{DRUG}/{tag}")]


def test_no_days_are_not_enough(sample: Callable[[str], bytes]) -> None:
    data = with_text(sample("newrx"), "DaysSupply", "0")
    (finding,) = ncpdp.check(ncpdp.parse(data))
    assert (finding.code, finding.value) == ("days_supply.missing", "0")
    assert finding.message == "The days' supply is zero."


@pytest.mark.parametrize("sent", ["10-325", "0.5 %", "5-325/15"])
def test_the_strength_of_a_combination_is_no_number(
    sample: Callable[[str], bytes], sent: str
) -> None:
    assert findings(with_text(sample("newrx"), "StrengthValue", sent)) == []


@pytest.mark.parametrize("sent", ["2", "X", "-1"])
def test_substitutions_are_allowed_or_not(sample: Callable[[str], bytes], sent: str) -> None:
    data = with_text(sample("newrx"), "Substitutions", sent)
    assert findings(data) == [("substitutions.code", "error", f"{DRUG}/Substitutions")]


def test_how_much_of_what_is_told(sample: Callable[[str], bytes]) -> None:
    data = with_text(with_text(sample("newrx"), "CodeListQualifier", ""), "Value", "many")
    assert findings(data) == [
        ("number.malformed", "error", f"{DRUG}/Quantity/Value"),
        ("quantity.not_positive", "error", f"{DRUG}/Quantity/Value"),
        ("quantity.incomplete", "warning", f"{DRUG}/Quantity/CodeListQualifier"),
    ]


@pytest.mark.parametrize(
    ("schedule", "refills", "words"),
    [
        ("C48675", "1", "A schedule CII drug has no refills."),
        ("C48676", "6", "A schedule CIII drug has at most 5 refills."),
        ("C48677", "6", "A schedule CIV drug has at most 5 refills."),
        ("C48677", "5", None),
        ("C48679", "9", None),
    ],
)
def test_how_often_a_controlled_drug_may_be_refilled(
    sample: Callable[[str], bytes], schedule: str, refills: str, words: str | None
) -> None:
    data = sample("newrx_controlled_civ").replace(b"C48677", schedule.encode())
    found = ncpdp.check(ncpdp.parse(with_text(data, "NumberOfRefills", refills)))
    assert [one.message for one in found] == ([words] if words else [])


def test_a_signature_is_one_where_nobody_says_so(sample: Callable[[str], bytes]) -> None:
    before, _, rest = sample("newrx_controlled_civ").partition(b"<DigitalSignature")
    data = before + SIGNED + rest.partition(b"</DigitalSignature>")[2]
    assert findings(data) == []
    denied = b"<DigitalSignatureIndicator>false</DigitalSignatureIndicator><SignatureValue>"
    assert [code for code, _, _ in findings(data.replace(b"<SignatureValue>", denied))] == [
        "epcs.signature_missing"
    ]


def test_a_prescriber_has_a_name(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<LastName>Prescriber</LastName>", b"")
    path = "NewRx/Prescriber/NonVeterinarian/Name"
    assert findings(data) == [("name.missing", "warning", path)]


@pytest.mark.parametrize("gender", ["N", "X"])
def test_a_gender_the_version_has_no_code_for(sample: Callable[[str], bytes], gender: str) -> None:
    data = with_text(sample("newrx"), "Gender", gender)
    assert findings(data) == [("code.unknown", "warning", "NewRx/Patient/HumanPatient/Gender")]
    later = data.replace(b"20170715", b"2023011")
    assert findings(later) == []


def test_only_the_later_version_has_several_fill_indicators(
    sample: Callable[[str], bytes],
) -> None:
    several = b"<RxFillIndicator>A</RxFillIndicator><RxFillIndicator>B</RxFillIndicator>"
    data = sample("newrx").replace(b"</Sig>", b"</Sig>" + several)
    assert findings(data) == [("element.repeated", "warning", f"{DRUG}/RxFillIndicator[2]")]
    assert findings(data.replace(b"20170715", b"2023011")) == []


def test_a_mailbox_is_read_with_what_it_delivered(sample: Callable[[str], bytes]) -> None:
    box = b"<Mailbox><DeliveredID>D-1</DeliveredID></Mailbox><PrescriberOrderNumber>"
    data = sample("newrx").replace(b"<PrescriberOrderNumber>", box)
    assert findings(data) == []
    assert ncpdp.to_json(ncpdp.parse(data))["header"]["mailbox"] == {"delivered_id": "D-1"}
