"""What differs between the places Pharmonico runs in; everything else is one template."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pathlib import Path

Layers = Literal["attached", "bundled"]
Vendor = Literal["built", "host"]
Removal = Literal["destroy", "retain"]

LOCAL_SETTINGS = {
    "sandbox_url": "http://127.0.0.1:8090",
    "edge_port": 8080,
    "engine_url": "http://127.0.0.1:4566",
}


class StageUnknown(ValueError):
    """No stage of that name, or a setting that no stage has."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One deployment; an empty address means the provider's or AWS's own."""

    name: str
    local: bool = False
    layers: Layers = "attached"
    vendor: Vendor = "built"  # host: the engine runs functions in the project's own environment
    removal: Removal = "retain"
    stripe_url: str = ""
    shippo_url: str = ""
    twilio_url: str = ""
    payer_url: str = ""
    email_url: str = ""
    email_from: str = "no-reply@pharmonico.example"
    sms_from: str = "+15005550006"
    portal_url: str = "https://portal.pharmonico.example"
    ops_url: str = "https://ops.pharmonico.example"
    api_url: str = "https://ops.pharmonico.example"
    certificate_arn: str = ""  # us-east-1; empty: the distributions keep CloudFront's own names
    tables: Literal["generated", "named"] = "generated"  # named: found again by a new engine
    tokens_url: str = ""
    cache: bool = False  # tokens on a Valkey of its own, in a network of its own
    dispense: Literal["auto", "manual"] = "manual"
    routing_policy: str = ""  # weights of routing as JSON, with a version of their own
    quiet_hours: str = "21-8"  # no SMS in these hours of the patient's own clock
    portal_otp: Literal["off", "on_phi", "required"] = "on_phi"
    identity_url: str = ""  # where Cognito's keys are served; empty: Cognito itself
    token_issuer: str = ""  # an issuer outside this deployment, with its keys and clients
    token_jwks_url: str = ""
    token_client_ids: str = ""
    staff_client_id: str = ""
    managed_login: bool = False  # staff sign in at Cognito's own pages, by code with PKCE
    upload_url: str = ""  # origin browsers post card photos to; empty: the bucket's own
    upload_bytes_max: int = 5_000_000
    log_level: str = "INFO"
    audit_retention_days: int = 2192  # HIPAA keeps six years; nobody can delete a digest earlier
    log_retention_days: int = 365
    alarms: bool = True
    tracing: bool = True
    operations: bool = True
    payer_simulator: bool = False  # a payer of our own to try claims against
    parts: Literal["all", "identity"] = "all"  # identity: the user pool alone, for an engine apart
    throttle_rps: int = 100

    @property
    def tokens_on_redis(self) -> bool:
        """Whether functions with tokens need the client of Redis."""
        return self.cache or bool(self.tokens_url)

    @property
    def own_identity(self) -> bool:
        """Whether this deployment's user pool issues the tokens."""
        return not self.token_issuer

    def named(self, part: str) -> str:
        """The physical name of a part, where one is needed."""
        return f"pharmonico-{self.name}-{part}"

    def table_name(self, part: str) -> str | None:
        """A table's physical name; none leaves it to CloudFormation, as everywhere on AWS."""
        return self.named(part.lower()) if self.tables == "named" else None


_AT_HAND = Stage(
    name="embedded",
    local=True,
    vendor="host",
    removal="destroy",
    dispense="auto",
    quiet_hours="",
    log_level="DEBUG",
    audit_retention_days=1,
    log_retention_days=7,
    alarms=False,
    tracing=False,
    operations=False,
    payer_simulator=True,
    throttle_rps=1000,
)

STAGES = {
    stage.name: stage
    for stage in (
        _AT_HAND,
        replace(_AT_HAND, name="localstack", layers="bundled", vendor="built"),
        replace(_AT_HAND, name="localstack-host", layers="bundled", tables="named"),
        Stage(
            name="dev",
            removal="destroy",
            audit_retention_days=1,
            log_retention_days=30,
            payer_simulator=True,
        ),
        Stage(name="prod", dispense="manual", portal_otp="required", log_retention_days=2192),
    )
}
ALIASES = {"local": "embedded"}


def stage_named(name: str, settings: dict[str, Any] | None = None) -> Stage:
    """The stage with the settings laid over it; local stages also take their ports from them."""
    stage, given = STAGES.get(ALIASES.get(name, name)), dict(settings or {})
    if stage is None:
        raise StageUnknown(f"no stage {name!r}: choose one of {', '.join(STAGES)}")
    addresses = {key: given.pop(key, default) for key, default in LOCAL_SETTINGS.items()}
    if stage.local:
        given = _local_addresses(**addresses) | given
    return replace(stage, **_known(given))


def read_settings(path: Path) -> dict[str, Any]:
    """The settings file's object, or nothing when there is no such file."""
    if not path.is_file():
        return {}
    settings = json.loads(path.read_text())
    if not isinstance(settings, dict):
        raise StageUnknown(f"{path.name} holds no JSON object")
    return settings


def _local_addresses(*, sandbox_url: str, edge_port: int, engine_url: str) -> dict[str, str]:
    return {
        "stripe_url": f"{sandbox_url}/stripe",
        "shippo_url": f"{sandbox_url}/shippo",
        "twilio_url": f"{sandbox_url}/twilio",
        "payer_url": f"{sandbox_url}/payer",
        "email_url": f"{sandbox_url}/ses",
        "portal_url": f"http://portal.localhost:{edge_port}",
        "ops_url": f"http://ops.localhost:{edge_port}",
        "api_url": f"http://127.0.0.1:{edge_port}",
        "identity_url": engine_url,
        "upload_url": engine_url,
    }


def _known(settings: dict[str, Any]) -> dict[str, Any]:
    allowed = {field.name for field in fields(Stage)} - {"name", "local"}
    if unknown := sorted(settings.keys() - allowed):
        raise StageUnknown(f"unknown settings: {', '.join(unknown)}")
    return settings
