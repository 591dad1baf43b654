"""Work on many at once: a dry run first, each alone, and what is left for the next call."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.fulfillment.desk.bulk import DONE_MAX
from pharmonico.fulfillment.desk.papers import Note
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, published, stored
from tests.prescribing import a_script
from tests.unit.desk.test_failures import a_broken
from tests.unit.desk_api.test_desk_api import FAILURES, Office, office, rx

__all__ = ["office"]


def test_a_dry_run_tells_what_would_come_of_each_and_does_nothing(office: Office) -> None:
    a_broken(office.orders, rx(1))
    stored(office.orders, id=rx(2))
    told = office.bulk("redrive", prescriptions=[rx(1), rx(2), rx(9)]).json
    assert (told["matched"], told["done"], told["refused"], told["left"]) == (2, 1, 1, 0)
    outcomes = {item["prescription_id"]: item["outcome"] for item in told["items"]}
    assert outcomes == {rx(1): "would_do", rx(2): "refused"}
    assert office.orders.get(rx(1)).status is Status.FAILED
    assert office.acts(rx(1)) == []


def test_failures_are_redriven_by_their_group_each_once(office: Office) -> None:
    for number in range(3):
        a_broken(office.orders, rx(number))
    a_broken(office.orders, rx(7), "Ship")
    office.index()
    wanted = {"failures": {"step": "Adjudicate", "code": "payer.silent"}, "dry_run": False}
    done = office.bulk("redrive", **wanted).json
    assert (done["matched"], done["done"], done["refused"]) == (3, 3, 0)
    assert office.bulk("redrive", **wanted).json["matched"] == 0
    assert published(office.orders).count("prescription_resumed") == 3
    assert office.orders.get(rx(7)).status is Status.FAILED
    assert office.acts(rx(1)) == [("redrive", "ok")]
    (note,) = office.orders.documents(rx(1), Note)
    assert (note.text, note.about) == ("as agreed", "redrive")


def test_the_same_key_acts_once_and_answers_the_same(office: Office) -> None:
    a_broken(office.orders, rx(1))
    headers = {"Idempotency-Key": "one"}
    body = {
        "act": "redrive",
        "reason": "as agreed",
        "dry_run": False,
        "prescriptions": [rx(1)],
    }
    first, second = (
        office.ask("POST", "/api/v1/bulk", headers=headers, body=body) for _ in range(2)
    )
    assert first.json == second.json
    assert first.json["done"] == 1
    assert published(office.orders).count("prescription_resumed") == 1


def test_what_does_not_fit_one_call_is_left_for_the_next(office: Office) -> None:
    for number in range(DONE_MAX + 20):
        stored(office.orders, id=rx(number), status=Status.ENROLLMENT_EXPIRED)
    wanted = {"filters": {"status": ["enrollment_expired"]}, "dry_run": False}
    first = office.bulk("release", **wanted).json
    second = office.bulk("release", **wanted).json
    assert (first["matched"], first["done"], first["left"]) == (120, DONE_MAX, 20)
    assert (second["matched"], second["done"], second["left"]) == (20, 20, 0)


def test_one_assigns_all_that_a_search_finds_and_only_those(office: Office) -> None:
    for number in range(3):
        stored(office.orders, id=rx(number), status=Status.PAID if number else Status.RECEIVED)
    office.index()
    wanted = {"filters": {"q": "doe", "status": ["paid"]}, "assignee": "ann", "dry_run": False}
    assert office.bulk("assign", **wanted).json["done"] == 2
    assert [office.orders.get(rx(each)).assignee for each in range(3)] == [None, "ann", "ann"]
    again = office.bulk("assign", **wanted).json
    assert (again["done"], {item["code"] for item in again["items"]}) == (0, {"assignment.same"})


def test_times_without_a_zone_are_utc_here_too(office: Office) -> None:
    stored(office.orders, id=rx(1))
    for since, matched in (("2026-09-15T11:00:00", 1), ("2026-09-15T13:00:00", 0)):
        told = office.bulk("hold", filters={"from": since, "to": "2026-09-16"}).json
        assert told["matched"] == matched


def test_many_are_held_and_let_go(office: Office) -> None:
    for number in range(2):
        stored(office.orders, id=rx(number), status=Status.PAID, owner=EXECUTION)
    wanted = {"prescriptions": [rx(0), rx(1)], "dry_run": False}
    assert office.bulk("hold", hold_reason="recall", **wanted).json["done"] == 2
    assert office.orders.get(rx(0)).hold is not None
    held = office.bulk("let_go", filters={"on_hold": True}, dry_run=False).json
    assert (held["matched"], held["done"]) == (2, 2)
    assert office.orders.get(rx(0)).hold is None


def test_patients_are_invited_together(office: Office) -> None:
    stored(office.orders, id=rx(1), status=Status.VALIDATED)
    office.orders.put_document(rx(1), a_script())
    stored(office.orders, id=rx(2), status=Status.VALIDATED)
    done = office.bulk("start_enrollment", prescriptions=[rx(1), rx(2)], dry_run=False).json
    codes = {item["prescription_id"]: item["code"] for item in done["items"]}
    assert codes[rx(2)].startswith(("enrollment.", "script."))
    assert office.acts(rx(2))[0][1] == codes[rx(2)]


def test_what_validation_held_is_released_one_by_one(office: Office) -> None:
    stored(office.orders, id=rx(1), status=Status.VALIDATION_ISSUE)
    (item,) = office.bulk("release", prescriptions=[rx(1)], dry_run=False).json["items"]
    assert (item["outcome"], item["code"]) == ("refused", "bulk.one_by_one")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"prescriptions": []},
        {"prescriptions": ["rx_1"], "filters": {}},
        {"prescriptions": ["no id"]},
        {"filters": {"patient": "Jordan Doe"}},
        {"filters": {"status": ["lost"]}},
        {"prescriptions": [f"rx_{number}" for number in range(101)]},
    ],
)
def test_a_choice_that_says_nothing_or_too_much_is_refused(
    office: Office, body: dict[str, Any]
) -> None:
    answer = office.bulk("redrive", **body)
    assert answer.status == 422
    assert "Jordan" not in answer.body


def test_who_may_not_do_it_to_one_may_not_do_it_to_many(office: Office) -> None:
    assert office.bulk("redrive", "pharmacist", prescriptions=[rx(1)]).status == 403
    assert office.bulk("hold", "pharmacist", prescriptions=[rx(1)]).status == 200
    assert office.bulk("hold", "auditor", prescriptions=[rx(1)]).status == 403
    assert office.ask("GET", FAILURES, "clinic").status == 403
    assert office.ask("GET", FAILURES, "auditor").status == 200
