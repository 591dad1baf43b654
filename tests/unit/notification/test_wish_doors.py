"""Patients say in the portal how they want to hear from us; ops do it for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.contacts import MemoryContacts
from pharmonico.adapters.memory.patients import MemoryPatients

from tests.unit.enrollment.conftest import browser
from tests.unit.ops_api.test_ops_api import Office, office

if TYPE_CHECKING:
    from tests.unit.enrollment.browsing import Browser

__all__ = ["browser", "office"]

SAID = {"channels": "both", "language": "es", "quiet": {"begin": 20, "end": 9}}
USUAL = {"channels": "email", "language": None, "quiet": None}
PATIENT = "pat_01TEST"


@pytest.fixture
def contacts(monkeypatch: pytest.MonkeyPatch) -> MemoryContacts:
    contacts = MemoryContacts()
    monkeypatch.setattr(aws, "contacts", lambda: contacts)
    return contacts


def test_a_patient_says_it_and_it_is_kept(browser: Browser, contacts: MemoryContacts) -> None:
    assert browser.send("GET", "messages").status == 401
    browser.open()
    assert browser.send("GET", "messages").json == USUAL
    assert browser.send("PUT", "messages", SAID).json == SAID
    assert browser.send("GET", "messages").json == SAID
    assert contacts.wishes(PATIENT).channels == "both"


@pytest.mark.parametrize(
    "wrong",
    [{"channels": "pigeon"}, {"language": "fr"}, {"quiet": {"begin": 24, "end": 1}}, {"x": 1}],
)
def test_what_nobody_can_wish_is_refused(
    browser: Browser, contacts: MemoryContacts, wrong: dict[str, Any]
) -> None:
    browser.open()
    assert browser.send("PUT", "messages", {**SAID, **wrong}).status == 422
    assert contacts.wishes(PATIENT).version == 0


def test_ops_say_it_for_them(
    office: Office, contacts: MemoryContacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {PATIENT: object()}
    monkeypatch.setattr(aws, "patients", lambda: MemoryPatients(office.orders))
    monkeypatch.setattr(MemoryPatients, "record", lambda _, patient_id: known.get(patient_id))
    path = f"/api/v1/patients/{PATIENT}/messages"
    assert office.ask("PUT", path, body=SAID).json == SAID
    assert office.ask("GET", path, "auditor").json == SAID
    assert office.ask("PUT", path, "auditor", body=SAID).status == 403
    assert office.ask("GET", "/api/v1/patients/pat_none/messages").status == 404
    acts = [entry.act.action for entry in office.trail.chain(PATIENT)]
    assert acts == ["message_wishes_saved", "message_wishes_read"]
