"""The API of staff and providers, through its handler on the memory adapters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.events.envelope import SYSTEM
from pharmonico.events.fulfillment import ClaimAdjudicated
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.desk.indexing import index
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unauthenticated
from pharmonico.kit.money import Money
from pharmonico.lambdas.http.guard import Door

from functions.ops_api import lists
from functions.ops_api.api import api
from functions.ops_api.handler import lambda_handler
from tests.builders import NOON, a_clock, an_order, published, stored
from tests.gateway import Answer, send

RX = "rx_01JCZ5ABCDEFGHJKMNPQRSTVWX"
PATH = f"/api/v1/prescriptions/{RX}"
LISTS = f"lists_usr_ops_{NOON:%Y-%m-%d}"


class KnownTokens:
    """A verifier that knows each role by its name."""

    def verify(self, token: str) -> Caller:
        if token == "clinic":
            return Caller(
                "clinic", Kind.PROVIDER, frozenset({Role.PROVIDER_READER}), client_id="clinic"
            )
        if token == "stranger":
            return Caller(
                "other", Kind.PROVIDER, frozenset({Role.PROVIDER_READER}), client_id="other"
            )
        if token in list(Role):
            return Caller(f"usr_{token}", Kind.STAFF, frozenset({Role(token)}))
        raise Unauthenticated("access.bad_token", "unknown")


@dataclass
class Office:
    """The handler with its stores."""

    orders: MemoryOrders
    trail: MemoryAuditTrail
    desk: MemoryDesk

    def index(self) -> None:
        for order in self.orders.page(OrderQuery()).items:
            index(order.id, orders=self.orders, postings=self.desk, key="k" * 32)

    def ask(self, method: str, path: str, who: str = "ops", **sent: Any) -> Answer:
        headers = {"Authorization": f"Bearer {who}", **sent.pop("headers", {})}
        return send(lambda_handler, method, path, headers=headers, **sent)

    def act(self, action: str, version: int, who: str = "ops", **body: Any) -> Answer:
        guards = {"If-Match": f'"v{version}"', "Idempotency-Key": f"{action}-{version}-{who}"}
        return self.ask("POST", f"{PATH}/{action}", who, headers=guards, body=body)

    def acts(self) -> list[tuple[str, str]]:
        return [(entry.act.action, entry.act.outcome) for entry in self.trail.chain(RX)]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    orders, trail, desk = MemoryOrders(), MemoryAuditTrail(), MemoryDesk()
    tokens = MemoryTokens(clock=a_clock())
    monkeypatch.setattr(aws, "orders", lambda: orders)
    monkeypatch.setattr(aws, "audit_trail", lambda: trail)
    monkeypatch.setattr(aws, "desk", lambda: desk)
    monkeypatch.setattr(aws, "CLOCK", a_clock())
    monkeypatch.setattr(api, "_tokens", lambda: tokens)
    monkeypatch.setattr(api, "_door", Door(verifier=KnownTokens))
    monkeypatch.setattr(lists, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    return Office(orders, trail, desk)


def test_a_detail_is_shown_with_its_version_and_audited(office: Office) -> None:
    stored(office.orders, id=RX)
    answer = office.ask("GET", PATH)
    assert answer.status == 200
    assert answer.headers["etag"].startswith('"v1-')
    assert answer.json["patient_name"] == "Jordan Doe"
    assert office.acts() == [("prescription_read", "ok")]


def test_an_unchanged_detail_costs_no_body(office: Office) -> None:
    stored(office.orders, id=RX)
    seen = office.ask("GET", PATH).headers["etag"]
    answer = office.ask("GET", PATH, headers={"If-None-Match": seen})
    assert (answer.status, answer.body) == (304, "")


def test_a_paper_that_changed_is_shown_though_the_prescription_did_not_move(office: Office) -> None:
    stored(office.orders, id=RX)
    seen = office.ask("GET", PATH).headers["etag"]
    office.orders.put_document(
        RX, Payment(payment_id="pay_1", attempt=1, amount=Money(amount_minor=1))
    )
    assert office.ask("GET", PATH, headers={"If-None-Match": seen}).status == 200


def test_the_machines_own_notes_do_not_refuse_a_clerk(office: Office) -> None:
    order = stored(office.orders, id=RX, status=Status.PAID)
    office.orders.save(order.changed(at=NOON, owner="execution"))
    assert office.act("cancel", 1).status == 202


def test_a_provider_sees_how_its_own_is_doing_and_no_patient(office: Office) -> None:
    stored(office.orders, id=RX)
    answer = office.ask("GET", PATH, "clinic")
    assert answer.json["status"] == "received"
    assert "patient_name" not in answer.json


def test_another_provider_does_not_learn_that_it_exists(office: Office) -> None:
    stored(office.orders, id=RX)
    answer = office.ask("GET", PATH, "stranger")
    assert (answer.status, answer.json["code"]) == (404, "order.not_found")


def test_nobody_gets_in_without_a_token(office: Office) -> None:
    assert office.ask("GET", PATH, "unknown").status == 401


def test_cancelling_needs_the_version_that_was_read(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.PAID)
    absent = office.ask("POST", f"{PATH}/cancel", headers={"Idempotency-Key": "a"}, body={})
    stale = office.act("cancel", 9)
    assert (absent.status, stale.status) == (428, 412)
    assert office.orders.get(RX).status is Status.PAID


def test_cancelling_twice_by_the_same_key_answers_the_same_and_acts_once(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.PAID)
    first, second = office.act("cancel", 1), office.act("cancel", 1)
    assert (first.status, second.status) == (202, 202)
    assert first.json == second.json
    assert published(office.orders) == ["prescription_cancelled"]


def test_what_is_kept_for_a_repeat_names_no_patient(office: Office) -> None:
    stored(office.orders, id=RX)
    office.act("cancel", 1, reason="ops")
    kept = str(api._tokens()._values)
    assert RX in kept
    assert "Jordan" not in kept


def test_a_refused_cancel_is_audited_as_refused(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.DELIVERED)
    answer = office.act("cancel", 1)
    assert (answer.status, answer.json["code"]) == (409, "order.illegal_move")
    assert office.acts() == [("cancel", "order.illegal_move")]


def test_an_auditor_reads_and_changes_nothing(office: Office) -> None:
    stored(office.orders, id=RX)
    assert office.ask("GET", PATH, "auditor").status == 200
    assert office.act("cancel", 1, "auditor").status == 403


def test_a_failure_is_redriven(office: Office) -> None:
    stored(
        office.orders,
        id=RX,
        status=Status.FAILED,
        failed_from=Status.DISPENSED,
        failure_step="Ship",
    )
    answer = office.act("redrive", 1)
    assert (answer.status, answer.json["status"]) == (202, "dispensed")
    assert office.orders.events[-1].data.resume_at == "Ship"


def test_an_expired_enrollment_is_released_to_start_again(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.ENROLLMENT_EXPIRED)
    answer = office.act("release", 1, note="patient called")
    assert (answer.status, answer.json["status"]) == (202, "validated")


def test_a_provider_sees_the_moves_of_its_own_and_nobody_who_works_here(office: Office) -> None:
    stored(office.orders, id=RX)
    moved = record(
        ClaimAdjudicated, an_order(id=RX, claim_id="clm_1"), before=None, clock=a_clock()
    )
    audit.append(audit.act_of(moved), trail=office.trail)
    office.ask("GET", PATH, "pharmacist")
    (entry,) = office.ask("GET", f"{PATH}/timeline", "clinic").json["entries"]
    assert entry["act"]["action"] == "claim_adjudicated"
    assert entry["act"]["detail"] == {"status_to": "received"}
    assert entry["act"]["actor"] == {"id": "", "role": "system"}
    assert len(office.ask("GET", f"{PATH}/timeline").json["entries"]) == 2


def test_a_prescription_read_ever_so_often_stays_readable(office: Office) -> None:
    stored(office.orders, id=RX)
    for number in range(audit.CHAIN_MAX):
        act = audit.Act(act_id=f"a{number}", at=NOON, actor=SYSTEM, action="read", resource=RX)
        audit.append(act, trail=office.trail, fresh=True)
    assert [office.ask("GET", PATH).status for _ in range(3)] == [200, 200, 200]
    answer = office.ask("GET", f"{PATH}/audit/verify")
    held = {"intact": True, "entries": audit.CHAIN_MAX + 3, "broken_at": None, "fault": None}
    assert answer.json == held
    newest = office.ask("GET", f"{PATH}/timeline").json["entries"][-1]
    assert newest["act"]["action"] == "prescription_read"


def test_a_broken_seal_is_reported_with_its_place(office: Office) -> None:
    stored(office.orders, id=RX)
    for _ in range(3):
        office.ask("GET", PATH)
    del office.trail.texts[RX][2]
    answer = office.ask("GET", f"{PATH}/audit/verify")
    held = {"intact": False, "entries": 1, "broken_at": 2, "fault": "misplaced"}
    assert answer.json == held


def test_a_wrong_method_says_which_are_right(office: Office) -> None:
    answer = office.ask("DELETE", PATH)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
