"""What the pharmacist reads beside the prescription: allergies, what is taken, and who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.patients.papers import KnownAllergy, PriorMedication
from pharmonico.fulfillment.status import Status

from tests.builders import NOON, stored
from tests.contract.test_patients import a_record
from tests.prescribing import a_script
from tests.unit.ops_api.test_dispensing import counter
from tests.unit.ops_api.test_ops_api import PATH, RX, Office, office

__all__ = ["counter", "office"]

TODAY = NOON.date()
PENICILLIN = {"allergies": {"items": [{"drug": {"text": "Penicillin"}}]}}


def a_prior(order_id: str = "rx_old", **changes: Any) -> PriorMedication:
    facts: dict[str, Any] = {
        "prescription_id": order_id,
        "drug": "Warfarin 5 MG Oral Tablet",
        "drug_key": "warfarin",
        "ingredients": ("warfarin",),
        "prescriber_npi": "1234567893",
        "written_on": TODAY - timedelta(days=20),
        "ends_on": TODAY + timedelta(days=10),
    }
    return PriorMedication(**{**facts, **changes})


class Bench:
    """The counter, with what is known of the patient."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.orders = office.orders
        self.owner = office.orders.get(RX).patient_id

    def says(self, **changes: Any) -> None:
        """The prescription's message says this."""
        known = self.orders.document(RX, Script)
        script = a_script(**changes)
        version = known.version if known else 0
        self.orders.put_document(RX, script.model_copy(update={"version": version}))

    def knows(self, *medications: PriorMedication, owner: str = "", **facts: Any) -> None:
        """The patient's record, as those prescriptions have left it."""
        order = stored(self.orders, id=f"rx_of_{owner or 'own'}")
        record = a_record(patient_id=owner or self.owner, medications=medications, **facts)
        self.orders.save(order, papers=[record])

    def look(self, who: str = "here") -> Any:
        return self.office.ask("GET", f"{PATH}/beside", who)


@pytest.fixture
def bench(counter: Office, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(aws, "patients", lambda: MemoryPatients(counter.orders))
    stored(counter.orders, id="rx_old", status=Status.DELIVERED)
    return Bench(counter)


def test_what_the_patient_takes_is_told_with_where_it_comes_from(bench: Bench) -> None:
    bench.knows(a_prior(), a_prior(RX))
    shown = bench.look().json
    assert (shown["patient_id"], shown["is_patient_known"]) == (bench.owner, True)
    assert shown["medications"] == [
        {
            "prescription_id": "rx_old",
            "patient_id": bench.owner,
            "status": "delivered",
            "drug": "Warfarin 5 MG Oral Tablet",
            "ingredients": ["warfarin"],
            "prescriber_npi": "1234567893",
            "written_on": "2026-08-26",
            "ends_on": "2026-09-25",
        }
    ]
    assert "review" in shown["notice"]


def test_what_is_used_up_or_came_to_nothing_is_not_taken(bench: Bench) -> None:
    for name, status in (("rx_c", Status.CANCELLED), ("rx_r", Status.RETURNED)):
        stored(bench.orders, id=name, status=status)
    over = a_prior("rx_old", ends_on=TODAY - timedelta(days=1))
    bench.knows(over, a_prior("rx_c"), a_prior("rx_r"), a_prior("rx_nowhere"))
    shown = bench.look().json
    assert (shown["medications"], shown["is_patient_known"]) == ([], True)


def test_allergies_are_told_with_who_told_them(bench: Bench) -> None:
    bench.says(**PENICILLIN)
    known = (KnownAllergy(text="Penicillin"), KnownAllergy(text="moonlight"))
    bench.knows(allergies=known)
    assert bench.look().json["allergies"] == [
        {"text": "Penicillin", "code": None, "told_by": "this_prescription", "is_checked": True},
        {"text": "moonlight", "code": None, "told_by": "earlier_prescription", "is_checked": False},
    ]


def test_a_record_that_a_person_called_the_same_counts_and_is_named(bench: Bench) -> None:
    bench.knows(same_as=("pat_twin",))
    bench.knows(a_prior(), owner="pat_twin")
    (taken,) = bench.look().json["medications"]
    assert taken["patient_id"] == "pat_twin"


def test_who_is_new_is_known_by_the_message_alone(bench: Bench) -> None:
    bench.says(**PENICILLIN)
    shown = bench.look().json
    assert (shown["is_patient_known"], shown["medications"]) == (False, [])
    assert [each["text"] for each in shown["allergies"]] == ["Penicillin"]


def test_without_a_name_nobodys_record_is_shown(bench: Bench) -> None:
    bench.knows(a_prior())
    bench.says(patient__name=None)
    assert bench.look().json["medications"] == []


@pytest.mark.parametrize(("who", "status"), [("here", 200), ("there", 403), ("ops", 403)])
def test_only_a_pharmacist_of_that_pharmacy_looks(bench: Bench, who: str, status: int) -> None:
    assert bench.look(who).status == status


def test_a_pharmacist_who_belongs_to_none_sees_what_is_at_any(bench: Bench) -> None:
    assert bench.look("anywhere").status == 200


def test_who_looked_is_kept_with_what_was_shown(bench: Bench) -> None:
    bench.knows(a_prior())
    answer = bench.look()
    (entry,) = [
        each for each in bench.office.trail.chain(RX) if each.act.action == "patient_history_read"
    ]
    assert (entry.act.actor.id, entry.act.detail["shown"]) == ("usr_here", "rx_old")
    again = bench.office.ask(
        "GET", f"{PATH}/beside", "here", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status == 304
