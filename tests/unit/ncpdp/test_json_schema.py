"""The exported schemas describe the JSON form as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ncpdp
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.unit.ncpdp.telecom_messages import messages

SCHEMAS = Path(ncpdp.__file__).parents[2] / "schemas"
SAMPLES = sorted((Path(__file__).parent / "samples").glob("**/*.xml"))
MESSAGES = messages()
LOADED = {
    str(path.relative_to(SCHEMAS)): json.loads(path.read_text())
    for path in SCHEMAS.rglob("*.schema.json")
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in LOADED.values()
)


def validator(form: dict[str, Any]) -> Draft202012Validator:
    name = f"telecom/{form['kind']}" if form["standard"] == "TELECOM" else f"script/{form['type']}"
    return Draft202012Validator(LOADED[f"{name}.schema.json"], registry=REGISTRY)


def errors(form: dict[str, Any]) -> list[str]:
    form = json.loads(json.dumps(form))
    return [f"{one.json_path}: {one.message}"[:200] for one in validator(form).iter_errors(form)]


@pytest.mark.parametrize("name", sorted(LOADED))
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(LOADED[name])
    assert LOADED[name]["$id"].startswith("urn:ncpdp:json:")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_fits_its_schema(path: Path) -> None:
    try:
        message = ncpdp.parse(path.read_bytes())
    except ncpdp.NcpdpError:
        return  # samples that are refused have no JSON form
    assert errors(ncpdp.to_json(message)) == []


@pytest.mark.parametrize("name", MESSAGES)
def test_every_claim_and_answer_fits_its_schema(name: str) -> None:
    form = ncpdp.to_json(ncpdp.parse(MESSAGES[name] + b"\r\n"))
    assert errors(form) == []


def test_what_is_misspelt_does_not_fit() -> None:
    newrx = Path(__file__).parent / "samples" / "newrx.xml"
    form = ncpdp.to_json(ncpdp.parse(newrx.read_bytes()))
    form["patient"]["nmae"] = {}
    assert errors(form) != []
    claim = ncpdp.to_json(ncpdp.parse(MESSAGES["b1"]))
    del claim["transactions"][0][0]["fields"]
    claim["transactions"][0][0]["values"]["quantty"] = "30"
    assert errors(claim) != []
