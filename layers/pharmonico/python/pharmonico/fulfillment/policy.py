"""The one policy table, role by action; whatever it does not name is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pharmonico.fulfillment.access import STAFF, Role
from pharmonico.kit.errors import Forbidden

if TYPE_CHECKING:
    from pharmonico.fulfillment.access import Caller


class Action(StrEnum):
    """What a route does; every route of every function names exactly one."""

    SEND_MESSAGE = "send_message"
    LIST_PRESCRIPTIONS = "list_prescriptions"
    READ_PRESCRIPTION = "read_prescription"
    READ_DOCUMENT = "read_document"
    READ_ROUTING = "read_routing"
    SELECT_PHARMACY = "select_pharmacy"
    CANCEL_PRESCRIPTION = "cancel_prescription"
    REDRIVE_PRESCRIPTION = "redrive_prescription"
    RELEASE_PRESCRIPTION = "release_prescription"
    CORRECT_PRESCRIPTION = "correct_prescription"
    WRITE_TO_PRESCRIBER = "write_to_prescriber"
    READ_PATIENTS = "read_patients"
    DECIDE_PATIENTS = "decide_patients"
    SAVE_MESSAGE_WISHES = "save_message_wishes"
    VERIFY_AUDIT = "verify_audit"
    READ_AUDIT = "read_audit"
    EXPORT_AUDIT = "export_audit"
    READ_CLAIMS = "read_claims"
    WORK_ON_CLAIM = "work_on_claim"
    LIST_WORK = "list_work"
    WORK_IN_BULK = "work_in_bulk"
    HOLD_PRESCRIPTION = "hold_prescription"
    WRITE_NOTE = "write_note"
    ASSIGN_PRESCRIPTION = "assign_prescription"
    SAVE_VIEW = "save_view"
    REBUILD_SEARCH = "rebuild_search"
    DISPENSE_PRESCRIPTION = "dispense_prescription"
    READ_PATIENT_HISTORY = "read_patient_history"
    ANSWER_REVIEW = "answer_review"
    READ_SHIPMENTS = "read_shipments"
    READ_LABEL = "read_label"
    WORK_ON_SHIPMENT = "work_on_shipment"
    START_ENROLLMENT = "start_enrollment"
    ENTER_ENROLLMENT = "enter_enrollment"
    CREATE_PAYMENT_LINK = "create_payment_link"
    READ_PAYMENTS = "read_payments"
    SETTLE_PAYMENT = "settle_payment"
    OPEN_PORTAL = "open_portal"
    READ_ENROLLMENT = "read_enrollment"
    SAVE_ENROLLMENT = "save_enrollment"
    SIGN_IN = "sign_in"
    READ_SESSION = "read_session"
    READ_WEBHOOKS = "read_webhooks"
    MANAGE_WEBHOOKS = "manage_webhooks"
    RECEIVE_WEBHOOK = "receive_webhook"
    READ_HEALTH = "read_health"
    READ_METRICS = "read_metrics"
    READ_SYSTEM = "read_system"
    REDRIVE_QUEUE = "redrive_queue"
    READ_DOCS = "read_docs"


A = Action
R = Role

POLICY: dict[Action, frozenset[Role]] = {
    A.SEND_MESSAGE: frozenset({R.PROVIDER}),
    A.LIST_PRESCRIPTIONS: frozenset(
        {R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR, R.PROVIDER_READER}
    ),
    A.READ_PRESCRIPTION: frozenset(
        {R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR, R.PROVIDER_READER}
    ),
    A.READ_DOCUMENT: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR}),
    A.READ_ROUTING: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR}),
    A.SELECT_PHARMACY: frozenset({R.OPS, R.PHARMACIST}),
    A.CANCEL_PRESCRIPTION: frozenset({R.OPS, R.PHARMACIST}),
    A.REDRIVE_PRESCRIPTION: frozenset({R.OPS}),
    A.RELEASE_PRESCRIPTION: frozenset({R.OPS, R.PHARMACIST}),
    A.CORRECT_PRESCRIPTION: frozenset({R.OPS, R.PHARMACIST}),
    A.WRITE_TO_PRESCRIBER: frozenset({R.OPS, R.PHARMACIST}),
    A.READ_PATIENTS: frozenset({R.OPS, R.PHARMACIST, R.AUDITOR}),
    A.DECIDE_PATIENTS: frozenset({R.OPS, R.PHARMACIST}),
    A.SAVE_MESSAGE_WISHES: frozenset({R.OPS, R.PHARMACIST}),
    A.VERIFY_AUDIT: frozenset({R.AUDITOR, R.OPS}),
    A.READ_AUDIT: frozenset({R.AUDITOR}),
    A.EXPORT_AUDIT: frozenset({R.AUDITOR}),
    A.READ_CLAIMS: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR}),
    A.WORK_ON_CLAIM: frozenset({R.OPS, R.PHARMACIST}),
    A.LIST_WORK: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR}),
    A.WORK_IN_BULK: frozenset({R.OPS, R.PHARMACIST}),
    A.HOLD_PRESCRIPTION: frozenset({R.OPS, R.PHARMACIST}),
    A.WRITE_NOTE: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER}),
    A.ASSIGN_PRESCRIPTION: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER}),
    A.SAVE_VIEW: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR}),
    A.REBUILD_SEARCH: frozenset({R.OPS}),
    A.DISPENSE_PRESCRIPTION: frozenset({R.PHARMACIST}),
    A.READ_PATIENT_HISTORY: frozenset({R.PHARMACIST}),
    A.ANSWER_REVIEW: frozenset({R.PHARMACIST}),
    A.READ_SHIPMENTS: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER, R.AUDITOR}),
    A.READ_LABEL: frozenset({R.OPS, R.PHARMACIST, R.PHARMACY_MANAGER}),
    A.WORK_ON_SHIPMENT: frozenset({R.OPS, R.PHARMACIST}),
    A.START_ENROLLMENT: frozenset({R.OPS, R.PHARMACIST}),
    A.ENTER_ENROLLMENT: frozenset({R.OPS, R.PHARMACIST}),
    A.CREATE_PAYMENT_LINK: frozenset({R.OPS, R.PHARMACIST}),
    A.READ_PAYMENTS: frozenset({R.OPS, R.PHARMACIST, R.AUDITOR}),
    A.SETTLE_PAYMENT: frozenset({R.OPS}),
    A.OPEN_PORTAL: frozenset({R.ANYONE}),
    A.READ_ENROLLMENT: frozenset({R.PATIENT}),
    A.SAVE_ENROLLMENT: frozenset({R.PATIENT}),
    A.SIGN_IN: frozenset({R.ANYONE}),
    A.READ_SESSION: frozenset(STAFF),
    A.READ_WEBHOOKS: frozenset({R.OPS, R.AUDITOR, R.PROVIDER, R.PROVIDER_READER}),
    A.MANAGE_WEBHOOKS: frozenset({R.OPS, R.PROVIDER}),
    A.RECEIVE_WEBHOOK: frozenset({R.ANYONE}),
    A.READ_HEALTH: frozenset({R.ANYONE}),
    A.READ_METRICS: frozenset({R.OPS, R.AUDITOR}),
    A.READ_SYSTEM: frozenset({R.OPS, R.AUDITOR}),
    A.REDRIVE_QUEUE: frozenset({R.OPS}),
    A.READ_DOCS: frozenset({R.ANYONE}),
}

BROWSER_ONLY = frozenset(
    {A.OPEN_PORTAL, A.READ_ENROLLMENT, A.SAVE_ENROLLMENT, A.SIGN_IN, A.READ_SESSION}
)
"""Actions of the sites alone: their writes must come from the site's own pages."""

OPEN_ON_LOCAL_STAGES = frozenset({A.READ_METRICS})
"""What a collector on the developer's own machine may read without a token."""


_BY_RIGHTS: tuple[Role, ...] = (Role.PHARMACIST, *Role)
"""Whoever is ops as well answers clinical questions as the pharmacist they are."""


def is_public(action: Action) -> bool:
    """Open to anyone: links, webhooks and documents prove themselves by other means."""
    return Role.ANYONE in POLICY.get(action, frozenset())


def acting_role(caller: Caller, action: Action) -> Role:
    """The caller's role that allows the action, the one that may most; `Forbidden`."""
    allowed = POLICY.get(action, frozenset()) & caller.roles
    for role in _BY_RIGHTS:
        if role in allowed:
            return role
    raise Forbidden("access.denied", "Your role does not allow this.")
