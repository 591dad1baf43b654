"""The queue of who may be the same, through its doors."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.patients import MemoryPatients

from functions.ops_api import patients
from tests.builders import stored
from tests.contract.test_patients import JORDAN, a_pair, a_record
from tests.unit.ops_api.test_ops_api import LISTS, Office, office

__all__ = ["office"]

PATH = "/api/v1/patients/maybe-the-same"
KEY = "pat_1~pat_2"


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Two records that may be one, and a pair of them on the queue."""
    papers = [a_record(), a_record(patient_id="pat_2"), a_pair(2), a_pair(3)]
    office.orders.save(stored(office.orders, id="rx_1"), papers=papers)
    monkeypatch.setattr(patients, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    monkeypatch.setattr(aws, "patients", lambda: MemoryPatients(office.orders))
    return office


def say(desk: Office, said: str, who: str = "ops", key: str = "one", **body: Any) -> Any:
    command = {"verdict": said, "reason": "Called both numbers.", **body}
    headers = {"Idempotency-Key": key}
    return desk.ask("POST", f"{PATH}/{KEY}", who, headers=headers, body=command)


def links(desk: Office, patient_id: str) -> tuple[str, ...]:
    record = MemoryPatients(desk.orders).record(patient_id)
    assert record is not None
    return record.same_as


def test_the_queue_shows_both_with_their_score_and_is_audited(desk: Office) -> None:
    first = desk.ask("GET", PATH, query={"limit": "1"}).json
    rest = desk.ask("GET", PATH, query={"limit": "1", "cursor": first["next_cursor"]}).json
    (pair,) = first["items"]
    assert (pair["pair_id"], pair["score"], pair["likelihood"]) == (KEY, 97, "likely")
    assert pair["breakdown"] == [{"part": "born", "points": 30.0, "most": 30.0}]
    assert [half["last_name"] for half in pair["people"]] == [JORDAN.last_name] * 2
    assert rest["items"][0]["pair_id"] == "pat_1~pat_3"
    assert rest["next_cursor"] is None
    shown = [entry.act.detail["shown"] for entry in desk.trail.chain(LISTS)]
    assert shown == [KEY, "pat_1~pat_3"]


def test_the_same_are_linked_and_stay_two_records(desk: Office) -> None:
    assert say(desk, "same").json["verdict"] == "same"
    assert (links(desk, "pat_1"), links(desk, "pat_2")) == (("pat_2",), ("pat_1",))
    assert len(desk.ask("GET", PATH).json["items"]) == 1
    for patient in ("pat_1", "pat_2"):
        (entry,) = desk.trail.chain(patient)
        assert entry.act.detail == {"pair": KEY, "verdict": "same"}


def test_the_different_are_linked_to_nobody(desk: Office) -> None:
    assert say(desk, "different").status == 200
    assert links(desk, "pat_1") == ()
    assert len(desk.ask("GET", PATH).json["items"]) == 1


def test_of_two_who_decide_the_second_is_told_that_it_is_done(desk: Office) -> None:
    assert say(desk, "same", key="one").status == 200
    assert say(desk, "different", key="two").status == 404
    assert links(desk, "pat_1") == ("pat_2",)


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("auditor", {}, 403),
        ("clinic", {}, 403),
        ("ops", {"reason": ""}, 422),
        ("ops", {"reason": "    "}, 422),
        ("ops", {"verdict": "merge"}, 422),
    ],
)
def test_who_may_say_and_what(desk: Office, who: str, body: dict[str, Any], status: int) -> None:
    assert say(desk, "same", who, **body).status == status
    assert links(desk, "pat_1") == ()


def test_a_record_is_linked_to_a_few_others_at_most(desk: Office) -> None:
    store = MemoryPatients(desk.orders)
    known = store.record("pat_1")
    assert known is not None
    many = known.model_copy(update={"same_as": tuple(f"pat_{n}" for n in range(10, 15))})
    desk.orders.put_document(many.owner, many)
    assert say(desk, "same").status == 409
    assert store.open_pair(KEY) is not None
