"""Who may do what: the whole matrix, and the ways to prove who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.access import Caller, Kind, Role, reachable
from pharmonico.fulfillment.errors import OrderNotFound
from pharmonico.fulfillment.order import Origin
from pharmonico.fulfillment.policy import POLICY, Action, acting_role
from pharmonico.kit.errors import Forbidden
from pharmonico.lambdas.http import Api
from pydantic import BaseModel

from tests.builders import an_order
from tests.gateway import send
from tests.unit.http.conftest import OneSession, RoleVerifier

if TYPE_CHECKING:
    from tests.unit.http.conftest import Shop

STAFF_READ = {"ops", "pharmacist", "pharmacy_manager", "auditor"}
MATRIX = {
    "send_message": {"provider"},
    "list_prescriptions": STAFF_READ | {"provider_reader"},
    "read_prescription": STAFF_READ | {"provider_reader"},
    "read_document": STAFF_READ,
    "select_pharmacy": {"ops", "pharmacist"},
    "cancel_prescription": {"ops", "pharmacist"},
    "redrive_prescription": {"ops"},
    "release_prescription": {"ops", "pharmacist"},
    "correct_prescription": {"ops", "pharmacist"},
    "read_patients": {"ops", "pharmacist", "auditor"},
    "decide_patients": {"ops", "pharmacist"},
    "read_routing": STAFF_READ,
    "read_claims": STAFF_READ,
    "work_on_claim": {"ops", "pharmacist"},
    "answer_review": {"pharmacist"},
    "read_patient_history": {"pharmacist"},
    "dispense_prescription": {"pharmacist"},
    "verify_audit": {"auditor", "ops"},
    "read_audit": {"auditor"},
    "export_audit": {"auditor"},
    "start_enrollment": {"ops", "pharmacist"},
    "enter_enrollment": {"ops", "pharmacist"},
    "save_message_wishes": {"ops", "pharmacist"},
    "create_payment_link": {"ops", "pharmacist"},
    "open_portal": {"anyone"},
    "read_enrollment": {"patient"},
    "save_enrollment": {"patient"},
    "sign_in": {"anyone"},
    "read_session": STAFF_READ | {"ledger_admin"},
    "write_to_prescriber": {"ops", "pharmacist"},
    "list_work": STAFF_READ,
    "work_in_bulk": {"ops", "pharmacist"},
    "hold_prescription": {"ops", "pharmacist"},
    "write_note": {"ops", "pharmacist", "pharmacy_manager"},
    "assign_prescription": {"ops", "pharmacist", "pharmacy_manager"},
    "save_view": STAFF_READ,
    "rebuild_search": {"ops"},
    "read_shipments": STAFF_READ,
    "read_label": {"ops", "pharmacist", "pharmacy_manager"},
    "work_on_shipment": {"ops", "pharmacist"},
    "read_payments": {"ops", "pharmacist", "auditor"},
    "settle_payment": {"ops"},
    "read_webhooks": {"ops", "auditor", "provider", "provider_reader"},
    "manage_webhooks": {"ops", "provider"},
    "receive_webhook": {"anyone"},
    "read_health": {"anyone"},
    "read_metrics": {"ops", "auditor"},
    "read_system": {"ops", "auditor"},
    "redrive_queue": {"ops"},
    "read_docs": {"anyone"},
}
"""Written out a second time on purpose: a change of the policy has to be made twice."""


class Done(BaseModel):
    by: str


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANYONE])
@pytest.mark.parametrize("action", list(Action))
def test_every_role_at_every_action(
    action: Action, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pharmonico.lambdas.http.guard.LOCAL_STAGES", frozenset())
    api = Api(verifier=RoleVerifier, sessions=OneSession)

    @api.get("/door", action)
    def door() -> Done:
        return Done(by=api.call.actor.role)

    patient = {"Cookie": "__Host-session=open"}
    bearer = {"Authorization": f"Bearer {role.value}"}
    answer = send(api.handler, "GET", "/door", headers=patient if role == "patient" else bearer)
    allowed = MATRIX[action.value] & {role.value, "anyone"}
    assert answer.status == (200 if allowed else 403)
    if allowed:
        assert answer.json == {"by": allowed.pop()}


@pytest.mark.parametrize("action", list(Action))
def test_a_stranger_gets_in_only_where_anyone_may(
    action: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pharmonico.lambdas.http.guard.LOCAL_STAGES", frozenset())
    api = Api(verifier=RoleVerifier, sessions=OneSession)

    @api.get("/door", action)
    def door() -> Done:
        return Done(by="nobody")

    answer = send(api.handler, "GET", "/door")
    assert answer.status == (200 if "anyone" in MATRIX[action.value] else 401)
    if answer.status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_every_action_has_its_row() -> None:
    assert set(POLICY) == set(Action)
    assert {action.value for action in Action} == set(MATRIX)


def test_what_the_table_does_not_name_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(POLICY, Action.VERIFY_AUDIT)
    ops = Caller(id="usr_1", kind=Kind.STAFF, roles=frozenset(Role))
    with pytest.raises(Forbidden):
        acting_role(ops, Action.VERIFY_AUDIT)


def test_a_pharmacist_who_does_ops_work_as_well_acts_as_a_pharmacist() -> None:
    both = Caller(id="usr_1", kind=Kind.STAFF, roles=frozenset({Role.OPS, Role.PHARMACIST}))
    assert acting_role(both, Action.RELEASE_PRESCRIPTION) is Role.PHARMACIST
    assert acting_role(both, Action.REDRIVE_PRESCRIPTION) is Role.OPS


def test_a_route_without_an_action_cannot_be_registered() -> None:
    with pytest.raises(TypeError):
        Api().get("/open")  # type: ignore[call-arg] # the point of the test


def test_a_stranger_is_asked_who_he_is_before_anybody_looks_at_fields(shop: Shop) -> None:
    answer = shop.send("POST", "/things/one/make", role="", body={"wrong": True})
    assert answer.status == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": "__Host-session=open", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Cookie": "__Host-session=open"}, 403),
        ({"Cookie": "__Host-session=open", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Cookie": "__Host-session=over", "Sec-Fetch-Site": "same-origin"}, 401),
        ({"Cookie": "__Host-session=x; __Host-session=open"}, 401),
        ({"Sec-Fetch-Site": "same-origin"}, 401),
    ],
)
def test_the_portal_writes_only_from_its_own_pages(
    shop: Shop, headers: dict[str, str], status: int
) -> None:
    answer = shop.send("PUT", "/page", role="", headers=headers, body={"name": "lens"})
    assert answer.status == status


def test_the_portals_writes_are_json(shop: Shop) -> None:
    own = {"Cookie": "__Host-session=open", "Sec-Fetch-Site": "same-origin"}
    form = {**own, "Content-Type": "application/x-www-form-urlencoded"}
    assert shop.send("PUT", "/page", role="", headers=form, body="name=lens").status == 415


@pytest.mark.parametrize(
    ("caller", "own", "other"),
    [
        (Caller("usr_1", Kind.STAFF, frozenset({Role.OPS})), True, True),
        (Caller("clinic", Kind.PROVIDER, frozenset(), client_id="clinic"), True, False),
        (Caller("pat_1", Kind.PATIENT, frozenset(), prescription_id="rx_01TEST"), True, False),
        (Caller("x", Kind.ANYONE, frozenset()), False, False),
    ],
)
def test_an_order_out_of_reach_does_not_seem_to_exist(
    caller: Caller, own: bool, other: bool
) -> None:
    elsewhere = Origin(client_id="else", sender="2", message_id="M")
    for order, within in ((an_order(), own), (an_order(id="rx_2", origin=elsewhere), other)):
        if within:
            assert reachable(order, caller) is order
        else:
            with pytest.raises(OrderNotFound):
                reachable(order, caller)
