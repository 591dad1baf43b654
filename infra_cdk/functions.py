"""Every Lambda of Pharmonico, and what each may reach: nothing else declares or grants one."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from infra_cdk.needs import Need

Kind = Literal["stage", "compensation", "bus", "queue", "stream", "schedule", "api", "simulator"]
Vendor = Literal["base", "jwt", "stripe", "shippo", "twilio", "images", "pdf"]


@dataclass(frozen=True)
class FunctionSpec:
    """One folder of functions/; the name is the folder's."""

    name: str
    kind: Kind
    needs: tuple[Need, ...]
    _: KW_ONLY
    vendors: tuple[Vendor, ...] = ("base",)
    timeout_s: int = 28  # the API answers within 29
    memory_mb: int = 512

    @property
    def resource_id(self) -> str:
        """open_wait -> OpenWait: its logical id and its placeholder in a state machine."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def asynchronous(self) -> bool:
        """Nobody waits for its answer, so its failures need somewhere to go."""
        return self.kind in {"bus", "schedule"}


N = Need
_STRIPE: tuple[Vendor, ...] = ("base", "stripe")
_SHIPPO: tuple[Vendor, ...] = ("base", "shippo")
_JWT: tuple[Vendor, ...] = ("base", "jwt")

STAGES = (
    FunctionSpec("validate", "stage", (N.ORDERS, N.DIRECTORY, N.WAITS)),
    FunctionSpec("open_wait", "stage", (N.ORDERS, N.WAITS)),
    FunctionSpec("route", "stage", (N.ORDERS, N.DIRECTORY, N.ROUTING, N.WAITS)),
    FunctionSpec("adjudicate", "stage", (N.ORDERS, N.DIRECTORY, N.PAYER), timeout_s=60),
    FunctionSpec(
        "payment",
        "stage",
        (N.ORDERS, N.WAITS, N.SECRETS, N.STRIPE, N.PORTAL_LINKS),
        vendors=_STRIPE,
        timeout_s=60,
    ),
    FunctionSpec("dispense", "stage", (N.ORDERS, N.WAITS, N.DISPENSE)),
    FunctionSpec(
        "ship",
        "stage",
        (N.ORDERS, N.DIRECTORY, N.LABELS, N.SECRETS, N.SHIPPO),
        vendors=_SHIPPO,
        timeout_s=60,
    ),
    FunctionSpec("complete", "stage", (N.ORDERS,)),
    FunctionSpec("expire_wait", "stage", (N.ORDERS,)),
    FunctionSpec("record_failure", "stage", (N.ORDERS,)),
)

COMPENSATIONS = (
    FunctionSpec("release_wait", "compensation", (N.ORDERS, N.WAITS, N.EXECUTIONS)),
    FunctionSpec("reverse_claim", "compensation", (N.ORDERS, N.PAYER), timeout_s=60),
    FunctionSpec(
        "refund_payment",
        "compensation",
        (N.ORDERS, N.SECRETS, N.STRIPE, N.PORTAL_LINKS),
        vendors=_STRIPE,
        timeout_s=60,
    ),
    FunctionSpec(
        "void_label", "compensation", (N.ORDERS, N.SECRETS, N.SHIPPO), vendors=_SHIPPO, timeout_s=60
    ),
)

CONSUMERS = (
    FunctionSpec("resume", "bus", (N.ORDERS, N.WAITS)),
    FunctionSpec(
        "notification",
        "queue",
        (N.ORDERS, N.TOKENS, N.SECRETS, N.MESSAGES, N.PORTAL_LINKS),
        vendors=("base", "twilio"),
    ),
    FunctionSpec(
        "enrollment_papers",
        "queue",
        (N.ORDERS, N.RECORDS, N.PAYER),
        vendors=("base", "pdf"),
        timeout_s=60,
    ),
    FunctionSpec("claim_reverser", "queue", (N.ORDERS, N.PAYER), timeout_s=60),
    FunctionSpec(
        "correspond",
        "queue",
        (N.ORDERS, N.DIRECTORY, N.SECRETS, N.WAIT_ENDS, N.PARTNERS),
        timeout_s=60,
    ),
    FunctionSpec(
        "refunder",
        "queue",
        (N.ORDERS, N.SECRETS, N.STRIPE, N.PORTAL_LINKS),
        vendors=_STRIPE,
        timeout_s=60,
    ),
    FunctionSpec("audit", "queue", (N.AUDIT,), memory_mb=256),
    FunctionSpec(
        "webhook_fanout",
        "queue",
        (N.ORDERS_READ, N.WEBHOOKS, N.WEBHOOKS_QUEUE),
        memory_mb=256,
    ),
    FunctionSpec("desk_index", "queue", (N.ORDERS_READ, N.DESK, N.SECRETS), memory_mb=256),
)

SENDER = FunctionSpec("webhook_sender", "queue", (N.WEBHOOKS, N.WEBHOOKS_TO), memory_mb=256)
PUBLISHER = FunctionSpec("publisher", "stream", (N.BUS,), memory_mb=256)
ROSTERS = FunctionSpec("rosters", "stream", (N.ROSTERS,), timeout_s=300)

SCHEDULED = (
    FunctionSpec(
        "track_poller",
        "schedule",
        (N.ORDERS, N.TOKENS, N.SECRETS, N.SHIPPO),
        vendors=_SHIPPO,
        timeout_s=300,
    ),
    FunctionSpec(
        "authorization_poller", "schedule", (N.ORDERS, N.DIRECTORY, N.PAYER), timeout_s=300
    ),
    FunctionSpec("enrollment_reminder", "schedule", (N.ORDERS, N.TOKENS), timeout_s=300),
    FunctionSpec(
        "payment_reminder",
        "schedule",
        (N.ORDERS, N.SECRETS, N.STRIPE, N.PORTAL_LINKS),
        vendors=_STRIPE,
        timeout_s=300,
    ),
    FunctionSpec(
        "audit_digest", "schedule", (N.AUDIT_READ, N.AUDIT_VAULT), vendors=_JWT, timeout_s=900
    ),
    FunctionSpec(
        "manifest_closer",
        "schedule",
        (N.ORDERS, N.DIRECTORY, N.LABELS, N.SECRETS, N.SHIPPO),
        vendors=_SHIPPO,
        timeout_s=300,
    ),
    FunctionSpec("reconcile", "schedule", (N.ORDERS, N.EXECUTIONS), timeout_s=300),
)

APIS = (
    FunctionSpec(
        "intake",
        "api",
        (N.ORDERS, N.DIRECTORY, N.TOKENS, N.SECRETS, N.VERIFIER, N.API_LINKS),
        vendors=_JWT,
        memory_mb=1024,
    ),
    FunctionSpec(
        "ops_api",
        "api",
        (
            N.ORDERS,
            N.AUDIT,
            N.AUDIT_READ,
            N.TOKENS,
            N.DIRECTORY,
            N.PAYER,
            N.RECORDS_READ,
            N.WAIT_ENDS,
            N.SECRETS,
            N.VERIFIER,
            N.API_LINKS,
            N.DESK_READ,
        ),
        vendors=_JWT,
        memory_mb=1024,
    ),
    FunctionSpec(
        "portal_api",
        "api",
        (
            N.ORDERS,
            N.AUDIT,
            N.TOKENS,
            N.RECORDS_READ,
            N.PORTAL,
            N.PORTAL_LINKS,
            N.API_LINKS,
        ),
        memory_mb=1024,
    ),
    FunctionSpec(
        "card_photos",
        "api",
        (N.ORDERS, N.TOKENS, N.CARDS, N.PORTAL, N.API_LINKS),
        vendors=("base", "images"),
        memory_mb=1024,
    ),
    FunctionSpec(
        "payments_api",
        "api",
        (
            N.ORDERS,
            N.AUDIT,
            N.TOKENS,
            N.SECRETS,
            N.STRIPE,
            N.VERIFIER,
            N.PORTAL_LINKS,
            N.API_LINKS,
        ),
        vendors=("base", "jwt", "stripe"),
        memory_mb=1024,
    ),
    FunctionSpec(
        "address_check",
        "api",
        (N.TOKENS, N.PORTAL, N.SECRETS, N.SHIPPO, N.API_LINKS),
        vendors=_SHIPPO,
    ),
    FunctionSpec(
        "shipments_api",
        "api",
        (
            *(N.ORDERS, N.AUDIT, N.TOKENS, N.DIRECTORY, N.LABELS, N.WAIT_ENDS, N.SECRETS),
            *(N.SHIPPO, N.VERIFIER, N.API_LINKS),
        ),
        vendors=("base", "jwt", "shippo"),
    ),
    FunctionSpec(
        "desk_api",
        "api",
        (N.ORDERS, N.AUDIT, N.TOKENS, N.DESK, N.SECRETS, N.VERIFIER, N.API_LINKS),
        vendors=_JWT,
        memory_mb=1024,
    ),
    FunctionSpec(
        "audit_api",
        "api",
        (
            *(N.ORDERS_READ, N.AUDIT, N.AUDIT_READ, N.AUDIT_VAULT, N.TOKENS, N.SECRETS),
            *(N.VERIFIER, N.API_LINKS),
        ),
        vendors=_JWT,
        memory_mb=1024,
    ),
    FunctionSpec(
        "webhooks_api",
        "api",
        (
            N.WEBHOOKS,
            N.WEBHOOKS_QUEUE,
            N.WEBHOOKS_TO,
            N.AUDIT,
            N.TOKENS,
            N.SECRETS,
            N.VERIFIER,
            N.API_LINKS,
        ),
        vendors=_JWT,
    ),
    FunctionSpec(
        "session_api",
        "api",
        (N.AUDIT, N.TOKENS, N.VERIFIER, N.SIGN_IN, N.API_LINKS),
        vendors=_JWT,
    ),
    FunctionSpec(
        "webhook_stripe",
        "api",
        (N.ORDERS, N.SECRETS, N.STRIPE, N.PORTAL_LINKS, N.API_LINKS),
        vendors=_STRIPE,
    ),
    FunctionSpec("webhook_twilio", "api", (N.ORDERS, N.SECRETS, N.API_LINKS)),
    FunctionSpec("webhook_shippo", "api", (N.ORDERS, N.SECRETS, N.API_LINKS)),
    FunctionSpec(
        "system_api",
        "api",
        (N.ORDERS_READ, N.AUDIT, N.TOKENS, N.SYSTEM, N.VERIFIER, N.API_LINKS),
        vendors=_JWT,
    ),
)

PAYER = FunctionSpec("payer_simulator", "simulator", (N.PAYER_BOOK,))
"""Only where the stage says so: never beside real payers."""

ALL = (*STAGES, *COMPENSATIONS, *CONSUMERS, SENDER, PUBLISHER, ROSTERS, *SCHEDULED, *APIS, PAYER)
