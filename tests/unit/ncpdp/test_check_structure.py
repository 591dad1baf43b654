"""What stands twice, in the wrong place or in the middle of a text, and where that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
import pytest

from tests.unit.ncpdp.test_versions import OLD

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncpdp.script import ScriptMessage

DRUG = "NewRx/MedicationPrescribed"


def findings(data: bytes) -> list[tuple[str, str, str]]:
    found = ncpdp.check(ncpdp.parse(data))
    assert all(one.line and one.column for one in found)
    return [(one.code, one.severity, one.path) for one in found]


def twice(data: bytes, tag: str) -> bytes:
    """The message with its first element of that name there a second time."""
    start = data.index(f"<{tag}>".encode())
    end = data.index(f"</{tag}>".encode(), start) + len(tag) + 3
    return data[:end] + data[start:end] + data[end:]


TWICE = [
    ("HumanPatient", "NewRx/Patient/HumanPatient[2]"),
    ("Identification", "NewRx/Pharmacy/Identification[2]"),
    ("NonVeterinarian", "NewRx/Prescriber/NonVeterinarian[2]"),
    ("ProductCode", f"{DRUG}/DrugCoded/ProductCode[2]"),
    ("Quantity", f"{DRUG}/Quantity[2]"),
    ("Date", "NewRx/Patient/HumanPatient/DateOfBirth/Date[2]"),
    ("Header", "Message/Header[2]"),
    ("MessageID", "Header/MessageID[2]"),
    ("Patient", "NewRx/Patient[2]"),
]


@pytest.mark.parametrize(("tag", "path"), TWICE)
def test_what_may_be_there_once_only(sample: Callable[[str], bytes], tag: str, path: str) -> None:
    assert findings(twice(sample("newrx"), tag)) == [("element.repeated", "error", path)]


def test_an_empty_first_one_is_one_too(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<DaysSupply>", b"<DaysSupply/><DaysSupply>")
    assert findings(data) == [("element.repeated", "error", f"{DRUG}/DaysSupply[2]")]


def test_a_date_is_one_day_or_one_moment(sample: Callable[[str], bytes]) -> None:
    both = b"<WrittenDate><DateTime>2026-01-01T00:00:00Z</DateTime>"
    data = sample("newrx").replace(b"<WrittenDate>", both)
    assert findings(data)[-1] == ("element.repeated", "error", f"{DRUG}/WrittenDate/Date")


def test_a_date_without_its_element_is_read_and_reported(sample: Callable[[str], bytes]) -> None:
    before, _, rest = sample("newrx").partition(b"<WrittenDate>")
    bare = b"<WrittenDate>2026-09-14</WrittenDate>"
    data = before + bare + rest.partition(b"</WrittenDate>")[2]
    assert findings(data) == [("date.malformed", "error", f"{DRUG}/WrittenDate")]
    assert ncpdp.to_json(ncpdp.parse(data))["medication"]["written_date"] == "2026-09-14"


def test_two_bodies_are_no_message(sample: Callable[[str], bytes]) -> None:
    with pytest.raises(ncpdp.MissingElement) as caught:
        ncpdp.parse(twice(sample("newrx"), "Body"))
    assert (caught.value.code, caught.value.message_id) == ("body.malformed", "EX-1")


def test_the_old_version_is_looked_at_for_what_is_there_twice() -> None:
    assert findings(twice(OLD, "Patient")) == [("element.repeated", "error", "NewRx/Patient[2]")]


@pytest.mark.parametrize("tag", ["SigText", "NPI", "DrugDescription", "Date"])
def test_a_text_that_goes_on_behind_an_element_is_not_cut_in_silence(
    sample: Callable[[str], bytes], tag: str
) -> None:
    data = sample("newrx").replace(f"</{tag}>".encode(), f"<b>two</b> more</{tag}>".encode(), 1)
    ((code, severity, path),) = findings(data)
    assert (code, severity) == ("element.unknown", "warning")
    assert path.endswith(f"/{tag}/b[1]")


def test_strangers_below_the_root_are_told(sample: Callable[[str], bytes]) -> None:
    data = sample("newrx").replace(b"<Body>", b"<Zed/><Body>")
    assert findings(data) == [("element.unknown", "info", "Message/Zed[1]")]


def test_the_body_before_the_header_is_out_of_order(sample: Callable[[str], bytes]) -> None:
    before, _, rest = sample("newrx").partition(b"<Header>")
    header, _, rest = rest.partition(b"</Header>")
    data = before + rest.replace(b"</Message>", b"<Header>" + header + b"</Header></Message>")
    assert findings(data) == [("element.order", "warning", "Message/Header")]


def test_the_header_of_a_type_that_is_kept_is_looked_at(sample: Callable[[str], bytes]) -> None:
    data = twice(sample("newrx"), "SentTime").replace(b"NewRx>", b"PARequest>")
    assert findings(data) == [("element.repeated", "error", "Header/SentTime[2]")]


def test_a_value_that_the_version_has_elsewhere_is_found_where_it_stands(
    newrx: ScriptMessage,
) -> None:
    from ncpdp.script import Version, convert  # noqa: PLC0415 - here only

    data = ncpdp.write(convert(newrx, Version.V2023011)).replace(b"00071015623", b"0071015623")
    (finding,) = ncpdp.check(ncpdp.parse(data))
    lines = data.decode().splitlines()
    assert finding.code == "ndc.ambiguous"
    assert lines[(finding.line or 0) - 1][(finding.column or 0) - 1 :].startswith("<NDC>")


def test_in_the_old_version_too() -> None:
    data = OLD.replace(b"00071015623", b"0071015623").replace(b"tablet daily", b"tablet\xc3\xa9")
    found = {one.code: one for one in ncpdp.check(ncpdp.parse(data))}
    lines = data.decode().splitlines()
    for code, tag in (("ndc.ambiguous", "<ProductCode>"), ("text.charset", "<Directions>")):
        one = found[code]
        assert lines[(one.line or 0) - 1][(one.column or 0) - 1 :].startswith(tag)
