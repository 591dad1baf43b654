"""What is written from code is what the code says, and others can read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ncpdp
import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from ncpdp.script import NewRx, ScriptMessage
from openapi_spec_validator import validate
from pharmonico.events.registry import EVENTS, read_event
from pharmonico.fulfillment.policy import POLICY, Action

from local.generate.__main__ import WRITERS, stale
from local.generate.docs_page import EXAMPLE, QUICKSTART
from local.generate.errors import entries
from local.generate.openapi import apis, document
from local.samples import FOLDER

EVENT_FILES = Path(__file__).parents[3] / "events" / "fulfillment"


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_no_generated_file_is_old(name: str) -> None:
    assert stale(name) == []


@pytest.mark.parametrize("detail_type", sorted(EVENTS))
def test_every_example_fits_its_schema_and_its_class(detail_type: str) -> None:
    schema = json.loads((EVENT_FILES / f"{detail_type}.v1.schema.json").read_text())
    example = json.loads((EVENT_FILES / f"{detail_type}.v1.example.json").read_text())
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(schema, format_checker=checker).validate(example)
    assert read_event(detail_type, example).model_dump(mode="json") == example


def test_a_schema_refuses_what_is_not_its_event() -> None:
    schema = json.loads((EVENT_FILES / "intake_received.v1.schema.json").read_text())
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate({"meta": {}, "data": {}})


def test_the_api_description_is_valid_openapi() -> None:
    validate(document())


def test_every_route_is_described_with_who_may_call_it() -> None:
    described = document()["paths"]
    for name, api in apis().items():
        for rule in api.rules:
            path = described.get(rule.path.replace("<", "{").replace(">", "}"))
            if path is None:
                assert (name, rule.path) == ("system_api", "/api/docs.css")
                continue
            operation = path[rule.method.lower()]
            assert operation["x-action"] == rule.action
            assert operation["x-roles"] == sorted(POLICY[rule.action])


def test_the_operations_that_move_state_ask_for_their_headers() -> None:
    cancel = document()["paths"]["/api/v1/prescriptions/{prescription_id}/cancel"]["post"]
    headers = {one["name"] for one in cancel["parameters"] if one["in"] == "header"}
    assert headers == {"Idempotency-Key", "If-Match"}
    assert {"401", "403", "409", "412", "422", "428"} <= set(cancel["responses"])


def test_open_routes_need_no_security_and_all_others_do() -> None:
    for path in document()["paths"].values():
        for operation in path.values():
            is_open = "anyone" in operation["x-roles"]
            assert bool(operation["security"]) is not is_open
    assert "anyone" not in POLICY[Action.SEND_MESSAGE]


def test_operation_names_are_unique() -> None:
    names = [o["operationId"] for path in document()["paths"].values() for o in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("message.id_reused", 409),
        ("xml.doctype", 400),
        ("sig.missing", 422),
        ("ndc.malformed", None),
        ("order.illegal_move", 409),
        ("access.bad_token", 401),
        ("request.too_large", 413),
        ("record.version_conflict", 412),
        ("gateway.timeout", 504),
        ("webhook.url_refused", 422),
        ("json.unknown_field", 422),
        ("field.int_parsing", 422),
        ("override.reason", None),
    ],
)
def test_the_dictionary_explains_codes_of_every_kind(code: str, status: int | None) -> None:
    entry: dict[str, Any] = entries()[code]
    assert entry["status"] == status
    assert entry["detail"]
    assert entry["advice"]


def test_the_quickstarts_json_is_a_message() -> None:
    message = ncpdp.from_json(json.loads((FOLDER / EXAMPLE).read_text()))
    assert isinstance(message, ScriptMessage)
    assert isinstance(message.body, NewRx)
    assert f"{{{EXAMPLE}}}" not in QUICKSTART
