"""The JSON form that the intake door takes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import NewRx, ScriptMessage, Version

if TYPE_CHECKING:
    from collections.abc import Callable


def form() -> dict[str, Any]:
    return {
        "type": "NewRx",
        "header": {
            "to": {"id": "2109886", "qualifier": "P"},
            "from": {"id": "1000000000001", "qualifier": "D"},
            "message_id": "JSON-1",
            "sent_time": "2026-09-14T15:04:05Z",
            "prescriber_order_number": "PON-1",
        },
        "patient": {
            "name": {"last_name": "Doe", "first_name": "Jordan"},
            "gender": "M",
            "date_of_birth": "1979-05-17",
        },
        "prescriber": {"npi": "1234567802", "name": {"last_name": "Prescriber"}},
        "medication": {
            "drug_description": "Lipitor 20 MG Oral Tablet",
            "drug": {"product_code": "0071-0156-23", "product_code_qualifier": "ND"},
            "quantity": {"value": 30, "code_list_qualifier": "38", "unit_code": "C48542"},
            "days_supply": 30,
            "written_date": "2026-09-14",
            "substitutions": 0,
            "number_of_refills": 3,
            "sig": {"text": "Take 1 tablet daily"},
        },
        "benefits": [{"bin": "610014", "pcn": "MEDDPRIME", "cardholder_id": "YXE1"}],
    }


def refused(obj: Any) -> dict[str, str]:
    """Pointer -> code of every wrong field."""
    with pytest.raises(ncpdp.InvalidJson) as caught:
        ncpdp.from_json(obj)
    assert caught.value.code
    return {detail.path: detail.code for detail in caught.value.details}


def test_it_is_a_message_like_any_other() -> None:
    message = ncpdp.from_json(form())
    assert isinstance(message, ScriptMessage)
    assert isinstance(message.body, NewRx)
    assert message.version is Version.V2017071
    assert message.body.medication
    assert (message.body.medication.days, message.body.medication.refills) == (30, 3)
    assert ncpdp.check(message) == []
    assert ncpdp.parse(ncpdp.write(message)) == message


def test_it_comes_back_as_it_was_with_numbers_as_text() -> None:
    given = form()
    shown = ncpdp.to_json(ncpdp.from_json(given))
    assert (shown.pop("standard"), shown.pop("version")) == ("SCRIPT", "2017071")
    given["medication"] |= {"days_supply": "30", "substitutions": "0", "number_of_refills": "3"}
    given["medication"]["quantity"]["value"] = "30"
    assert shown == given


def test_a_decimal_keeps_its_figures_and_a_float_is_refused() -> None:
    given = form()
    given["medication"]["quantity"]["value"] = json.loads("0.30", parse_float=Decimal)
    message = ncpdp.from_json(given)
    assert ncpdp.to_json(message)["medication"]["quantity"]["value"] == "0.30"
    given["medication"]["quantity"]["value"] = 0.3
    assert refused(given) == {"/medication/quantity/value": "json.type"}


@pytest.mark.parametrize("value", [10**30, Decimal("1E+999999"), Decimal("NaN")])
def test_a_number_out_of_every_range(value: int | Decimal) -> None:
    wrong = form()
    wrong["medication"]["days_supply"] = value
    assert refused(wrong) == {"/medication/days_supply": "json.value"}


@pytest.mark.parametrize(
    ("path", "pointer", "code"),
    [
        (("patient",), "/patient", "element.missing"),
        (("prescriber",), "/prescriber", "element.missing"),
        (("medication",), "/medication", "element.missing"),
        (("medication", "sig"), "/medication/sig/text", "sig.missing"),
        (("medication", "quantity"), "/medication/quantity", "element.missing"),
        (("header", "message_id"), "/header/message_id", "message_id.missing"),
        (("header", "from"), "/header/from", "element.missing"),
        (("header",), "/header", "json.type"),
        (("type",), "/type", "message.unsupported"),
    ],
)
def test_a_missing_field_is_named(path: tuple[str, ...], pointer: str, code: str) -> None:
    given = inner = form()
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    assert refused(given)[pointer] == code


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"patient": "Doe"}, "/patient", "json.type"),
        ({"patient": {"name": {"last_name": 7}}}, "/patient/name/last_name", "json.type"),
        ({"patient": {"nmae": {}}}, "/patient/nmae", "json.unknown_field"),
        ({"a/b": 1}, "/a~1b", "json.unknown_field"),
        ({"benefits": {}}, "/benefits", "json.type"),
        ({"benefits": ["x"]}, "/benefits/0", "json.type"),
        ({"benefits": [{"bin": True}]}, "/benefits/0/bin", "json.type"),
        ({"standard": "OTHER"}, "/standard", "json.value"),
        ({"version": "9"}, "/version", "version.unsupported"),
        ({"version": []}, "/version", "version.unsupported"),
        ({"type": "Nothing"}, "/type", "message.unsupported"),
        ({"type": ["NewRx"]}, "/type", "json.type"),
        ({"message_request_code": "\x00"}, "/message_request_code", "json.character"),
        ({"message_request_code": "\ud800"}, "/message_request_code", "json.character"),
        ({"message_request_code": "x" * 70_000}, "/message_request_code", "json.too_long"),
        ({"attributes": {"a b": "c"}}, "/attributes/a b", "json.value"),
        ({"attributes": {"xmlns": "c"}}, "/attributes/xmlns", "json.value"),
        ({"namespace": "a b"}, "/namespace", "json.value"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], pointer: str, code: str) -> None:
    assert refused(form() | change)[pointer] == code


def test_every_wrong_field_is_listed_at_once() -> None:
    given = form() | {"patient": 1, "prescriber": 2, "extra": 3}
    assert set(refused(given)) == {"/patient", "/prescriber", "/extra"}


@pytest.mark.parametrize("obj", [None, [], "x", 1, {}])
def test_anything_but_a_message_is_refused(obj: Any) -> None:
    with pytest.raises(ncpdp.InvalidJson):
        ncpdp.from_json(obj)


def test_an_incomplete_message_is_taken_on_request() -> None:
    given = form()
    del given["medication"]
    message = ncpdp.from_json(given, complete=False)
    assert [finding.code for finding in ncpdp.check(message) if finding.required] == [
        "element.missing"
    ]


class TestOtherTypes:
    def test_their_element_travels_as_xml(self, sample: Callable[[str], bytes]) -> None:
        message = ncpdp.parse(sample("rxfill").replace(b"RxFill>", b"RxNews>"))
        form = ncpdp.to_json(message)
        assert form["xml"].startswith("<RxNews>")
        assert ncpdp.from_json(form) == message

    @pytest.mark.parametrize(
        ("xml", "code"),
        [
            ("<Other/>", "json.value"),
            ("<RxNews>", "xml.not_well_formed"),
            ("<!DOCTYPE x><RxNews/>", "xml.doctype"),
        ],
    )
    def test_bad_xml_is_refused(self, sample: Callable[[str], bytes], xml: str, code: str) -> None:
        unknown = sample("rxfill").replace(b"RxFill>", b"RxNews>")
        given = ncpdp.to_json(ncpdp.parse(unknown)) | {"xml": xml}
        assert refused(given) == {"/xml": code}
