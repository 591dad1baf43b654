"""Corrections through their door."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.stage import validate

from functions.ops_api import corrections
from tests.builders import stored, work
from tests.prescribing import a_directory, a_script, a_shelf
from tests.unit.ops_api.test_ops_api import PATH, RX, Office, office

__all__ = ["office"]


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A prescription with a wrong NPI, held."""
    stored(office.orders, id=RX)
    office.orders.put_document(RX, a_script(prescriber__npi="1234567890"))
    validate(work(RX), shelf=a_shelf(office.orders))
    monkeypatch.setattr(corrections, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    monkeypatch.setattr(aws, "directory", a_directory)
    monkeypatch.setattr(aws, "patients", lambda: MemoryPatients(office.orders))
    return office


def correct(desk: Office, field: str, value: str, who: str = "ops", **body: Any) -> Any:
    command = {"note": "Looked it up.", "changes": [{"field": field, "value": value}], **body}
    return desk.act("corrections", 2, who, **command)


def test_ops_correct_an_identifier_and_see_the_original_beside_it(desk: Office) -> None:
    answer = correct(desk, "prescriber.npi", "1234567802")
    assert (answer.status, answer.json["status"]) == (202, "validated")
    (paper,) = desk.ask("GET", PATH).json["documents"]["correction"]
    assert paper["changes"] == [
        {"field": "prescriber.npi", "before": "1234567890", "after": "1234567802"}
    ]
    assert ("correct", "ok") in desk.acts()


def test_a_fact_of_the_drug_is_refused_before_anything_is_read(desk: Office) -> None:
    assert correct(desk, "medication.quantity.value", "90").status == 422
    assert desk.orders.get(RX).status is Status.VALIDATION_ISSUE


@pytest.mark.parametrize("who", ["auditor", "pharmacy_manager", "clinic"])
def test_others_correct_nothing(desk: Office, who: str) -> None:
    assert correct(desk, "prescriber.npi", "1234567802", who).status == 403


def test_a_refused_correction_is_audited_with_its_reason(desk: Office) -> None:
    assert correct(desk, "prescriber.npi", "1234567890").status == 422
    assert ("correct", "correction.changes") in desk.acts()


def test_a_clinical_finding_is_released_by_a_pharmacist_alone(desk: Office) -> None:
    told = {"allergies": {"items": [{"drug": {"text": "Lipitor"}}]}}
    other = "rx_01JCZ5ABCDEFGHJKMNPQRSTVWY"
    stored(desk.orders, id=other)
    desk.orders.put_document(other, a_script(**told))
    validate(work(other), shelf=a_shelf(desk.orders))
    path = f"/api/v1/prescriptions/{other}/release"
    guards = {"If-Match": '"v2"', "Idempotency-Key": "one"}
    body = {"note": "Tolerated for years, the clinic says."}
    assert desk.ask("POST", path, "ops", headers=guards, body=body).status == 403
    assert desk.ask("POST", path, "pharmacist", headers=guards, body=body).status == 202
