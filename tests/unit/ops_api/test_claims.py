"""The claim worklist through its doors."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters import aws
from pharmonico.fulfillment.adjudication.papers import Billing, Claim
from pharmonico.fulfillment.status import Status

from functions.ops_api import claims
from tests.builders import stored
from tests.unit.ops_api.test_ops_api import RX, Office, office

__all__ = ["office"]

CLAIM = Claim(
    claim_id="clm_1",
    status="rejected",
    rx_number="000000000001",
    date_of_service="20260915",
    bin="004336",
    pcn="ADV",
    reject_codes=("88",),
    alerts=({"reason": "DD", "significance": "1", "text": "A WITH B"},),
    request="c2VjcmV0",
)
REPLIES = [{"reason": "DD", "service": "M0", "result": "1B"}]
PATH = f"/api/v1/claims/{RX}"


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    stored(office.orders, id=RX, status=Status.CLAIM_REJECTED, hold_reason="claim.88")
    office.orders.put_document(RX, CLAIM)
    monkeypatch.setattr(claims, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    monkeypatch.setattr(aws, "directory", lambda: None)
    return office


def act(desk: Office, action: str, who: str = "ops", **body: Any) -> Any:
    guards = {"If-Match": '"v1"', "Idempotency-Key": f"{action}-{who}"}
    return desk.ask("POST", f"{PATH}/{action}", who, headers=guards, body=body)


def test_the_worklist_says_what_is_wrong_and_what_to_do(desk: Office) -> None:
    (line,) = desk.ask("GET", "/api/v1/claims").json["items"]
    assert (line["prescription_id"], line["code"], line["next_step"]) == (RX, "88", "pharmacist")
    assert line["words"] == "Drug-use review reject"


def test_a_claim_is_shown_without_its_bytes(desk: Office) -> None:
    shown = desk.ask("GET", PATH).json
    assert (shown["actions"][0], shown["meanings"][0]["code"]) == ("answer_review", "88")
    assert "c2VjcmV0" not in str(shown)
    assert ("claims_read", "ok") in desk.acts()


def test_a_poll_ends_with_304_until_a_claim_changes_and_is_no_new_read(desk: Office) -> None:
    known = {"If-None-Match": desk.ask("GET", PATH).headers["etag"]}
    assert desk.ask("GET", PATH, headers=known).status == 304
    assert desk.acts().count(("claims_read", "ok")) == 1
    claim = desk.orders.document(RX, Claim, CLAIM.key)
    assert claim is not None
    desk.orders.put_document(RX, claim.model_copy(update={"status": "reversed"}))
    assert desk.ask("GET", PATH, headers=known).status == 200


def test_a_pharmacist_answers_a_review_and_nobody_else(desk: Office) -> None:
    said = {"note": "called the prescriber", "replies": REPLIES}
    assert act(desk, "review", **said).status == 403
    assert act(desk, "review", "pharmacist", **said).status == 202
    billing = desk.orders.document(RX, Billing)
    assert billing is not None
    assert (billing.replies[0].reason, billing.acts[0].role) == ("DD", "pharmacist")
    assert desk.orders.get(RX).status is Status.PHARMACY_SELECTED
    assert ("claim_review_answered", "ok") in desk.acts()


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("rebill", {"note": "x"}, 422),
        ("rebill", {"note": "typo in the PCN", "insurance": {"bin": "1", "member_id": "A"}}, 422),
        ("review", {"note": "fine", "replies": []}, 422),
        ("authorization", {"note": "heard", "decision": "maybe"}, 422),
        ("authorization", {"note": "heard", "decision": "deny"}, 409),
        ("cash", {"note": "patient wishes so"}, 202),
        ("rebill", {"note": "they promised"}, 202),
        ("authorization", {"note": "heard", "decision": "approve", "number": "77"}, 202),
    ],
)
def test_commands_say_what_they_took(
    desk: Office, action: str, body: dict[str, Any], status: int
) -> None:
    assert act(desk, action, "pharmacist", **body).status == status


def test_the_worklist_begins_with_the_oldest_where_that_is_asked(desk: Office) -> None:
    stored(desk.orders, id="rx_09", status=Status.CLAIM_REJECTED, hold_reason="claim.75")
    for sort, first in (("newest", "rx_09"), ("oldest", RX)):
        query = {"sort": sort, "limit": "1"}
        page = desk.ask("GET", "/api/v1/claims", query=query).json
        assert page["items"][0]["prescription_id"] == first
        other = {**query, "sort": "oldest" if sort == "newest" else "newest"}
        foreign = desk.ask("GET", "/api/v1/claims", query={**other, "cursor": page["next_cursor"]})
        assert foreign.json["code"] == "request.bad_cursor"
