"""What staff say to the prescriber, through the doors: questions, renewals, returns."""

from __future__ import annotations

import base64
from typing import Any, get_args

import ncpdp
import pytest
from ncpdp.script import Error, RxChangeRequest, RxRenewalRequest, ScriptMessage
from pharmonico.adapters import aws
from pharmonico.fulfillment.adjudication.papers import Billing
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter, ReturnReason
from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.status import Status

from functions.ops_api.letters import Return
from tests.builders import NOON, published, stored
from tests.prescribing import a_directory, a_medication, a_pharmacy, a_script, a_validation
from tests.unit.ops_api.test_ops_api import PATH, RX, Office, office

__all__ = ["office"]

GENERIC = a_medication(ndc11="00093505698", name="Atorvastatin Calcium")
QUESTION = {"code": "S", "text": "Which strength is meant?"}


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(aws, "directory", lambda: a_directory(a_pharmacy(), medications=(GENERIC,)))
    return office


def at(desk: Office, status: Status, script: Any = None, **changes: Any) -> None:
    stored(desk.orders, id=RX, status=status, **changes)
    desk.orders.put_document(RX, script or a_script())


def delivered(desk: Office, **script: Any) -> None:
    facts = {"medication__number_of_refills": "0", **script}
    at(desk, Status.COMPLETED, a_script(**facts), pharmacy_id=a_pharmacy().pharmacy_id)
    paper = Dispensing(
        dispensed_ndc="00071015623",
        quantity="30",
        verified_by="usr_pharmacist",
        automatic=False,
        dispensed_at=NOON,
    )
    desk.orders.put_document(RX, paper)


def written(desk: Office) -> ScriptMessage:
    (letter,) = desk.orders.documents(RX, OutgoingLetter)
    message = ncpdp.parse(base64.b64decode(letter.raw_base64))
    assert isinstance(message, ScriptMessage)
    return message


def test_a_question_is_written_with_the_prescription_and_goes_out(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    answer = desk.act("change-requests", 1, **QUESTION)
    assert (answer.status, answer.json["status"]) == (202, "validation_issue")
    body = written(desk).body
    assert isinstance(body, RxChangeRequest)
    assert (body.message_request_code, body.change_reason_text) == ("S", QUESTION["text"])
    assert published(desk.orders) == ["prescriber_message_required"]
    assert ("request_change", "ok") in desk.acts()
    (shown,) = desk.ask("GET", PATH).json["documents"]["letter"]
    assert (shown["status"], shown["about"]) == ("queued", "S")
    assert "raw_base64" not in shown
    (paper,) = desk.ask("GET", f"{PATH}/documents/letter").json["documents"]
    assert b"RxChangeRequest" in base64.b64decode(paper["raw_base64"])
    assert ("document_read", "ok") in desk.acts()


def test_a_product_is_asked_for_by_its_code(desk: Office) -> None:
    at(desk, Status.AWAITING_DISPENSE, pharmacy_id=a_pharmacy().pharmacy_id)
    question = {"code": "OS", "text": "Out of stock.", "requested": ["00093505698"]}
    assert desk.act("change-requests", 1, **question).status == 202
    body = written(desk).body
    assert isinstance(body, RxChangeRequest)
    assert body.requested[0].ndc == "00093505698"
    assert body.requested[0].sig_text is not None
    assert body.pharmacy is not None
    assert body.pharmacy.ncpdp_id == a_pharmacy().ncpdp_id


def test_a_product_nobody_knows_is_not_asked_for(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    answer = desk.act("change-requests", 1, code="G", text="Generic?", requested=["99999999999"])
    assert (answer.status, answer.json["code"]) == (422, "change.product_unknown")


@pytest.mark.parametrize("code", ["T", "D"])
def test_clinical_questions_are_a_pharmacists(desk: Office, code: str) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    question = {"code": code, "text": "Another drug?", "requested": ["00093505698"]}
    assert desk.act("change-requests", 1, **question).json["code"] == "change.needs_pharmacist"
    assert desk.act("change-requests", 1, "pharmacist", **question).status == 202


@pytest.mark.parametrize("who", ["auditor", "pharmacy_manager", "clinic"])
def test_others_write_nothing(desk: Office, who: str) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    assert desk.act("change-requests", 1, who, **QUESTION).status == 403


def test_one_question_at_a_time(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    desk.act("change-requests", 1, **QUESTION)
    answer = desk.act("change-requests", 1, "pharmacist", **QUESTION)
    assert (answer.status, answer.json["code"]) == (409, "letter.open")


@pytest.mark.parametrize("status", [Status.DISPENSED, Status.COMPLETED, Status.CANCELLED])
def test_what_left_the_shelf_is_not_asked_about(desk: Office, status: Status) -> None:
    at(desk, status)
    assert desk.act("change-requests", 1, **QUESTION).json["code"] == "change.too_late"


def test_a_controlled_substance_is_not_changed_but_may_be_authorized(desk: Office) -> None:
    at(desk, Status.CLAIM_REJECTED)
    desk.orders.put_document(RX, a_validation(dea_schedule="CIV"))
    assert desk.act("change-requests", 1, **QUESTION).json["code"] == "change.controlled"
    answer = desk.act("change-requests", 1, "pharmacist", code="P", text="The plan wants one.")
    assert answer.status == 202
    billing = desk.orders.document(RX, Billing)
    assert billing is not None
    assert billing.authorization is not None
    assert (billing.authorization.status, billing.acts[-1].note) == (
        "pending",
        "The plan wants one.",
    )
    assert len(desk.orders.documents(RX, OutgoingLetter)) == 1


def test_what_the_prescription_lacks_for_the_message_is_said(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE, a_script(pharmacy=None))
    answer = desk.act("change-requests", 1, **QUESTION)
    assert (answer.status, answer.json["code"]) == (422, "letter.incomplete")


def test_refills_are_asked_for_when_none_are_left(desk: Office) -> None:
    delivered(desk)
    assert desk.act("renewal-requests", 1, refills=3).status == 202
    body = written(desk).body
    assert isinstance(body, RxRenewalRequest)
    assert body.dispensed is not None
    assert (body.dispensed.pharmacy_requested_refills, body.dispensed.last_fill_date) == (
        "3",
        f"{NOON:%Y-%m-%d}",
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"medication__number_of_refills": "2"}, "renewal.refills_left"),
        ({"prohibit_renewal_request": "true"}, "renewal.prohibited"),
        ({"medication__drug__dea_schedule_code": "C48675"}, "renewal.schedule_two"),
    ],
)
def test_what_may_not_be_renewed_is_not_asked_for(
    desk: Office, facts: dict[str, Any], code: str
) -> None:
    delivered(desk, **facts)
    assert desk.act("renewal-requests", 1, refills=3).json["code"] == code


def test_what_was_not_delivered_is_not_renewed(desk: Office) -> None:
    at(desk, Status.AWAITING_DISPENSE)
    assert desk.act("renewal-requests", 1, refills=3).json["code"] == "renewal.not_delivered"


def test_a_held_prescription_goes_back_and_ends_here(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    answer = desk.act("return", 1, reason="directions_unclear", text="The directions are cut off.")
    assert (answer.status, answer.json["status"]) == (202, "cancelled")
    order = desk.orders.get(RX)
    assert (order.hold_reason, order.undo_due) == ("returned_to_prescriber", True)
    body = written(desk).body
    assert isinstance(body, Error)
    assert (body.code, body.description_codes) == ("900", ("directions_unclear",))
    assert published(desk.orders) == ["prescription_cancelled", "prescriber_message_required"]
    assert desk.act("return", 1, "pharmacist", reason="other", text="again").status == 202
    assert len(desk.orders.documents(RX, OutgoingLetter)) == 1


def test_what_goes_on_is_not_returned(desk: Office) -> None:
    at(desk, Status.AWAITING_PAYMENT)
    answer = desk.act("return", 1, reason="other", text="We do not want it.")
    assert (answer.status, answer.json["code"]) == (409, "return.not_resting")


def test_a_letter_that_failed_is_sent_once_more(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    desk.act("change-requests", 1, **QUESTION)
    (letter,) = desk.orders.documents(RX, OutgoingLetter)
    path = f"letters/{letter.key}/resend"
    assert desk.act(path, 1).json["code"] == "letter.not_failed"
    failed = letter.model_copy(update={"status": "failed", "tries": 20})
    desk.orders.put_document(RX, failed)
    assert desk.act(path, 1, "pharmacist").status == 202
    (again,) = desk.orders.documents(RX, OutgoingLetter)
    assert (again.status, again.tries, again.raw_base64) == ("queued", 0, letter.raw_base64)
    assert published(desk.orders) == ["prescriber_message_required"] * 2
    assert desk.act("letters/unknown/resend", 1).json["code"] == "letter.not_found"


def test_a_request_that_another_has_followed_is_not_sent_again(desk: Office) -> None:
    at(desk, Status.VALIDATION_ISSUE)
    desk.act("change-requests", 1, **QUESTION)
    (letter,) = desk.orders.documents(RX, OutgoingLetter)
    desk.orders.put_document(RX, letter.model_copy(update={"status": "failed"}))
    assert desk.act("change-requests", 1, "pharmacist", **QUESTION).status == 202
    path = f"letters/{letter.key}/resend"
    assert desk.act(path, 1).json["code"] == "letter.open"
    assert desk.act(path, 7).status == 412


def test_the_door_knows_every_reason() -> None:
    schema = Return.model_json_schema()
    assert tuple(schema["properties"]["reason"]["enum"]) == get_args(ReturnReason)
