"""The auditors' doors, through the handler on the memory adapters."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from pharmonico.adapters import audit_signing, audit_vault, aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.memory.vault import MemorySigner, MemoryVault
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.audit import Act, append
from pharmonico.fulfillment.audit.digests import ChainsBroken
from pharmonico.fulfillment.audit.signing import holds
from pharmonico.lambdas.http.guard import Door

from functions.audit_api import entries, proofs
from functions.audit_api.api import api
from functions.audit_api.handler import lambda_handler
from functions.audit_digest.handler import lambda_handler as digest_handler
from tests.builders import NOON, a_clock
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from pharmonico.kit.clock import FixedClock

RX = "rx_1"
PATIENT = "pat_1"


class KnownTokens:
    """A verifier that knows each role by its name."""

    def verify(self, token: str) -> Caller:
        return Caller(f"usr_{token}", Kind.STAFF, frozenset({Role(token)}))


@dataclass(frozen=True)
class Prior:
    prescription_id: str


@dataclass(frozen=True)
class Record:
    medications: tuple[Prior, ...]


class Patients:
    """Knows one patient, and the prescription."""

    def record(self, patient_id: str) -> Record | None:
        return Record((Prior(RX),)) if patient_id == PATIENT else None


@dataclass
class Desk:
    """The auditor's desk; what staff did lies before it."""

    clock: FixedClock = field(default_factory=a_clock)
    vault: MemoryVault = field(default_factory=MemoryVault)
    signer: MemorySigner = field(default_factory=MemorySigner)

    def __post_init__(self) -> None:
        self.trail = MemoryAuditTrail(clock=self.clock)
        self.noted("usr_ops", "prescription_read", RX)
        self.noted("usr_ops", "redrive", RX)
        self.noted("usr_eve", "document_read", "rx_2")
        self.noted("usr_eve", "prescriptions_listed", "lists_usr_eve_d", shown=f"rx_9 {RX}")

    def noted(self, actor: str, action: str, resource: str, **detail: str) -> None:
        act = Act(
            act_id=f"{actor}-{action}-{resource}",
            at=self.clock.now(),
            actor=Actor(id=actor, role="ops"),
            action=action,
            resource=resource,
            detail=detail,
        )
        append(act, trail=self.trail)

    def ask(self, path: str = "", who: str = "auditor", **query: Any) -> Answer:
        return send(
            lambda_handler,
            "GET",
            f"/api/v1/audit{path}",
            headers={"Authorization": f"Bearer {who}"},
            query=query,
        )

    def exports(self, who: str = "auditor", key: str = "one", **asked: str) -> Answer:
        headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": key}
        return send(lambda_handler, "POST", "/api/v1/audit/exports", headers=headers, body=asked)

    def acts(self, answer: Answer) -> list[tuple[str, str]]:
        found = [entry["act"] for entry in answer.json["items"]]
        return sorted((act["actor"]["id"], act["action"]) for act in found)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    tokens = MemoryTokens(clock=desk.clock)
    monkeypatch.setattr(aws, "audit_trail", lambda: desk.trail)
    monkeypatch.setattr(aws, "patients", Patients)
    monkeypatch.setattr(aws, "CLOCK", desk.clock)
    monkeypatch.setattr(audit_vault, "vault", lambda: desk.vault)
    monkeypatch.setattr(audit_signing, "signer", lambda: desk.signer)
    monkeypatch.setattr(api, "_tokens", lambda: tokens)
    monkeypatch.setattr(api, "_door", Door(verifier=KnownTokens))
    for module in (entries, proofs):
        monkeypatch.setattr(module, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    return desk


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"actor": "usr_eve"}, [("usr_eve", "document_read"), ("usr_eve", "prescriptions_listed")]),
        ({"action": "redrive"}, [("usr_ops", "redrive")]),
        ({"prescription": RX}, [("usr_ops", "prescription_read"), ("usr_ops", "redrive")]),
        ({"patient": PATIENT}, [("usr_ops", "prescription_read"), ("usr_ops", "redrive")]),
        (
            {"patient": PATIENT, "prescription": RX},
            [("usr_ops", "prescription_read"), ("usr_ops", "redrive")],
        ),
        ({"patient": PATIENT, "prescription": "rx_of_somebody_else"}, []),
        ({"patient": PATIENT, "actor": "usr_eve"}, []),
        ({"patient": "pat_nobody"}, []),
    ],
)
def test_entries_are_found_by_whatever_is_asked(
    desk: Desk, query: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    answer = desk.ask(**query)
    assert (answer.status, desk.acts(answer)) == (200, expected)


def test_who_looked_at_a_patient_is_told_lists_included(desk: Desk) -> None:
    answer = desk.ask(f"/patients/{PATIENT}")
    assert desk.acts(answer) == [
        ("usr_eve", "prescriptions_listed"),
        ("usr_ops", "prescription_read"),
    ]


def test_reading_the_audit_is_audited(desk: Desk) -> None:
    desk.ask(actor="usr_eve")
    desk.ask(f"/patients/{PATIENT}")
    desk.ask("/verify")
    own = desk.trail.chain(f"lists_usr_auditor_{NOON:%Y-%m-%d}")
    assert [entry.act.action for entry in own] == ["audit_listed", "audit_verified"]
    assert own[0].act.detail == {"actor": "usr_eve"}
    (look,) = desk.trail.chain(PATIENT)
    assert (look.act.action, look.act.actor.id) == ("looks_listed", "usr_auditor")
    assert ("usr_auditor", "looks_listed") in desk.acts(desk.ask(f"/patients/{PATIENT}"))


def test_pages_follow_each_other(desk: Desk) -> None:
    first = desk.ask(prescription=RX, limit="1")
    second = desk.ask(prescription=RX, limit="1", cursor=first.json["next_cursor"])
    assert desk.acts(first) + desk.acts(second) == [
        ("usr_ops", "prescription_read"),
        ("usr_ops", "redrive"),
    ]


def test_a_cursor_of_another_list_is_refused(desk: Desk) -> None:
    cursor = desk.ask(prescription=RX, limit="1").json["next_cursor"]
    answer = desk.ask(actor="usr_eve", cursor=cursor)
    assert (answer.status, answer.json["code"]) == (422, "request.bad_cursor")


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (NOON, NOON - timedelta(hours=1)),
        (NOON - timedelta(days=32), NOON),
    ],
)
def test_a_time_that_is_none_or_too_long_is_refused(desk: Desk, since: Any, until: Any) -> None:
    answer = desk.ask(**{"from": since.isoformat(), "to": until.isoformat()})
    assert (answer.status, answer.json["code"]) == (422, "audit.bad_span")


@pytest.mark.parametrize(
    "asked",
    [
        {"to": "0001-01-01T00:00:00Z"},
        {"from": "9999-12-31T00:00:00Z", "to": "9999-12-31T23:59:59Z"},
        {"from": "0001-01-01T00:00:00+14:00", "to": "0001-01-02T00:00:00Z"},
    ],
)
def test_a_time_at_the_ends_of_the_calendar_is_refused(desk: Desk, asked: dict[str, str]) -> None:
    answers = [desk.ask(**asked), desk.ask(f"/patients/{PATIENT}", **asked), desk.exports(**asked)]
    assert {(each.status, each.json["code"]) for each in answers} == {(422, "audit.bad_span")}


@pytest.mark.parametrize("who", ["ops", "pharmacist", "pharmacy_manager", "ledger_admin"])
def test_only_auditors_read_and_export(desk: Desk, who: str) -> None:
    answers = [desk.ask(who=who), desk.ask(f"/patients/{PATIENT}", who), desk.exports(who)]
    assert [answer.status for answer in answers] == [403, 403, 403]
    assert desk.ask("/verify", who).status == (200 if who == "ops" else 403)


def test_the_hourly_digest_is_kept_and_the_whole_is_proven(desk: Desk) -> None:
    desk.clock.advance(timedelta(hours=1, minutes=6))
    assert digest_handler({}, None) == {"number": 1, "chains": 3}
    assert digest_handler({}, None) == {"number": None, "chains": 0}
    assert digest_handler({"early": True}, None)["number"] == 2
    answer = desk.ask("/verify", chains="2")
    assert (answer.json["intact"], answer.json["chains"]) == (True, 2)
    rest = desk.ask("/verify", cursor=answer.json["next_cursor"])
    assert rest.json["intact"] is True
    assert rest.json["next_cursor"] is None


def test_what_was_dropped_is_named(desk: Desk) -> None:
    desk.clock.advance(timedelta(minutes=1))
    digest_handler({"early": True}, None)
    del desk.trail.texts[RX][2]
    answer = desk.ask("/verify")
    assert answer.json["findings"] == [{"where": RX, "place": 2, "fault": "cut"}]
    assert answer.json["intact"] is False


def test_a_chain_that_broke_within_the_hour_rings_once_the_digest_is_kept(desk: Desk) -> None:
    desk.clock.advance(timedelta(minutes=1))
    del desk.trail.texts[RX][1]
    with pytest.raises(ChainsBroken):
        digest_handler({"early": True}, None)
    assert len(desk.vault.files) == 1
    assert {"where": RX, "place": 1, "fault": "misplaced"} in desk.ask("/verify").json["findings"]


def test_an_export_is_a_signed_file_made_once(desk: Desk) -> None:
    first, again = desk.exports(actor="usr_eve"), desk.exports(actor="usr_eve")
    assert (first.status, first.json["entries"]) == (201, 2)
    assert again.json == first.json
    ((_, versions),) = desk.vault.files.items()
    assert versions[0] is not None
    assert holds(versions[0], signer=desk.signer)
    about, *lines, _ = [json.loads(line) for line in versions[0].splitlines()]
    assert about["entries"] == len(lines) == 2
    chain = desk.trail.chain(f"lists_usr_auditor_{NOON:%Y-%m-%d}")
    assert [entry.act.action for entry in chain] == ["audit_downloaded"]


def test_an_export_of_unknown_wishes_is_refused(desk: Desk) -> None:
    assert desk.exports(colour="red").status == 422


@pytest.mark.parametrize("name", ["grown#2026-09-15T12", "rx_1\n", "a b", "\x00"])
def test_what_a_store_keeps_for_itself_is_no_chain(desk: Desk, name: str) -> None:
    before = set(desk.trail.texts)
    asked = [
        desk.ask(patient=name),
        desk.ask(prescription=name),
        desk.ask(f"/patients/{quote(name)}"),
        desk.exports(patient=name),
    ]
    assert {each.status for each in asked} <= {404, 422}
    assert set(desk.trail.texts) == before
