"""Notes, assignment and holds through the doors of a prescription."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.status import Status

from tests.builders import stored
from tests.unit.ops_api.test_ops_api import PATH, RX, Office, office

if TYPE_CHECKING:
    from tests.gateway import Answer

__all__ = ["office"]


def say(office: Office, door: str, who: str = "ops", **body: Any) -> Answer:
    key = {"Idempotency-Key": f"{door}-{who}-{'-'.join(body.values()).replace(' ', '-')}"}
    return office.ask("POST", f"{PATH}/{door}", who, headers=key, body=body)


def test_what_was_decided_about_a_resting_prescription_is_kept(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.ENROLLMENT_EXPIRED)
    assert office.act("release", 1, note="  patient called ").status == 202
    (note,) = office.ask("GET", PATH).json["documents"]["note"]
    assert (note["text"], note["about"], note["by"]) == ("patient called", "release", "usr_ops")


def test_a_note_of_blanks_says_nothing(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.ENROLLMENT_EXPIRED)
    for answer in (
        office.act("release", 1, note="    "),
        office.act("hold", 1, note="    "),
        say(office, "notes", text=" "),
    ):
        assert (answer.status, answer.json["errors"][0]["code"]) == (422, "note.required")
    assert office.orders.get(RX).status is Status.ENROLLMENT_EXPIRED


def test_a_note_is_kept_and_read_with_the_prescription(office: Office) -> None:
    stored(office.orders, id=RX)
    added = say(office, "notes", text="Clinic calls back on Friday")
    assert (added.status, added.json["by"]) == (201, "usr_ops")
    (note,) = office.ask("GET", PATH).json["documents"]["note"]
    assert (note["text"], note["role"]) == ("Clinic calls back on Friday", "ops")
    assert "Friday" not in str(office.trail.chain(RX))
    assert "Friday" not in str(api_kept(office))
    assert say(office, "notes", "auditor", text="no").status == 403


def api_kept(office: Office) -> object:
    from functions.ops_api.api import api  # noqa: PLC0415 - looked into by this test alone

    return api._tokens()._values


def test_of_two_clerks_one_takes_it(office: Office) -> None:
    stored(office.orders, id=RX)
    first = say(office, "assignment", assignee="usr_ann")
    second = say(office, "assignment", assignee="usr_bob")
    assert (first.status, first.json["assignee"]) == (200, "usr_ann")
    assert (second.status, second.json["code"]) == (409, "assignment.taken")
    moved = say(office, "assignment", assignee="usr_bob", taken_from="usr_ann")
    assert moved.json["assignee"] == "usr_bob"
    assert office.acts() == [
        ("assign", "ok"),
        ("assign", "assignment.taken"),
        ("assign", "ok"),
    ]


def test_lists_show_who_has_what(office: Office) -> None:
    stored(office.orders, id=RX)
    stored(office.orders, id="rx_02")
    say(office, "assignment", assignee="usr_ann")
    office.act("hold", 1, reason="recall", note="lot is recalled")
    for query in ({"assignee": "usr_ann"}, {"on_hold": "true"}):
        (item,) = office.ask("GET", "/api/v1/prescriptions", query=query).json["items"]
        assert (item["id"], item["assignee"], item["hold"]["reason"]) == (RX, "usr_ann", "recall")
    free = office.ask("GET", "/api/v1/prescriptions", query={"on_hold": "false"}).json["items"]
    assert [item["id"] for item in free] == ["rx_02"]


def test_a_hold_is_set_and_taken_away_upon_what_was_read(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.PAID, owner="execution")
    assert office.act("hold", 9, note="wait for the clinic").status == 412
    held = office.act("hold", 1, note="wait for the clinic")
    assert (held.status, held.headers["etag"]) == (202, '"v2"')
    late = office.act("hold", 1, "pharmacist", note="call the patient first")
    assert (late.status, office.act("hold", 2, note="once more").json["code"]) == (412, "hold.held")
    assert office.act("hold/release", 1, note="clinic called").status == 412
    free = office.act("hold/release", 2, note="clinic called")
    assert free.status == 202
    assert office.orders.events[-1].data.resume_at == "AwaitDispense"
    notes = office.ask("GET", PATH).json["documents"]["note"]
    assert {note["about"] for note in notes} == {"hold", "let_go"}
    assert office.act("hold", 3, "auditor", note="no").status == 403
