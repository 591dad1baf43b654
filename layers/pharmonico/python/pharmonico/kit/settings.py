"""The environment, read once: every variable the functions know, with its meaning.

Names belong to the resource (`ORDERS_TABLE`), never to the role, so that one process can host
every function. `.env.example` is written from this model.
"""

from __future__ import annotations

import os
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field


class SettingMissing(RuntimeError):
    """A function needs a variable its environment does not carry: a deployment mistake."""


class Settings(BaseModel):
    """All settings; an empty text means "not given"."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    STAGE: str = Field("local", description="Deployment stage, shown in logs and metrics")
    LOG_LEVEL: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    POWERTOOLS_SERVICE_NAME: str = Field("pharmonico", description="Service name in every log line")
    ORDERS_TABLE: str = Field("", description="Table of prescriptions and their documents")
    AUDIT_TABLE: str = Field("", description="Table of the append-only audit chains")
    AUDIT_BUCKET: str = Field("", description="Bucket of the signed digests of the audit")
    AUDIT_SIGNER: str = Field("", description="KMS key that signs the digests of the audit")
    AUDIT_RETENTION_DAYS: int = Field(2192, description="How long digests cannot be deleted")
    TOKENS_TABLE: str = Field("", description="Table of expiring tokens, sessions and counters")
    DIRECTORY_TABLE: str = Field("", description="Table of pharmacies, medications and clients")
    PAYER_TABLE: str = Field("", description="Table of the simulated payer")
    DESK_TABLE: str = Field("", description="Table of the search's postings and of saved views")
    WEBHOOKS_TABLE: str = Field("", description="Table of webhook endpoints and their log")
    WEBHOOKS_QUEUE: str = Field("", description="Name of the queue that webhooks are sent from")
    WEBHOOKS_TO: str = Field("public", description="public, or loopback as well (local stages)")
    QUEUES: str = Field("", description="Functions with a queue before them, by a space")
    DEAD_LETTERS: str = Field("", description="Functions and machines with dead letters, likewise")
    QUEUE_PREFIX: str = Field("", description="What the names of their queues begin with")
    EVENT_BUS: str = Field("", description="EventBridge bus of the domain events")
    DOCUMENTS_BUCKET: str = Field("", description="Bucket of insurance card photos")
    LABELS_BUCKET: str = Field("", description="Bucket of shipping labels")
    FULFILLMENT_MACHINE: str = Field("", description="ARN of the fulfillment state machine")
    PROVIDERS_SECRET: str = Field("", description="Secrets Manager id of the providers' keys")
    STRIPE_URL: str = Field("", description="Stripe API base; empty means Stripe itself")
    SHIPPO_URL: str = Field("", description="Shippo API base; empty means Shippo itself")
    TWILIO_URL: str = Field("", description="Twilio API base; empty means Twilio itself")
    PAYER_URL: str = Field("", description="Claims switch that takes D.0 requests by HTTP POST")
    EMAIL_URL: str = Field("", description="SES v2 endpoint; empty means Amazon SES itself")
    EMAIL_FROM: str = Field("no-reply@pharmonico.example", description="Sender of every e-mail")
    SMS_FROM: str = Field("+15005550006", description="Sender of every SMS")
    QUIET_HOURS: str = Field("", description="When no SMS is sent, such as 21-8; empty: never")
    PORTAL_URL: str = Field("", description="Public base URL of the patient portal")
    OPS_URL: str = Field("", description="Public base URL of the ops dashboard")
    API_URL: str = Field("", description="Public base URL of the API")
    TOKEN_ISSUER: str = Field("", description="Issuer of staff and provider access tokens")
    TOKEN_JWKS_URL: str = Field("", description="Where the issuer's keys are; empty: under it")
    TOKEN_CLIENT_IDS: str = Field("", description="Accepted app client ids, comma-separated")
    STAFF_CLIENT_ID: str = Field("", description="App client that staff sign in through")
    IDENTITY_URL: str = Field("", description="Cognito's endpoint; empty: Cognito itself")
    MANAGED_LOGIN: str = Field("", description="Base URL of the sign-in pages; empty: passwords")
    TOKENS_URL: str = Field("", description="redis:// URL of the tokens store; empty: DynamoDB")
    DISPENSE: str = Field("auto", description="auto dispenses at once (demos), manual waits")
    ROUTING_POLICY: str = Field(
        "", description="Weights of routing, JSON with a version of its own; empty: the default"
    )
    PORTAL_OTP: str = Field("on_phi", description="off, on_phi or required: code before PHI")
    UPLOAD_URL: str = Field("", description="Where browsers find S3; empty: where functions do")
    UPLOAD_BYTES_MAX: int = Field(5_000_000, description="Largest card photo in bytes")

    def need(self, name: str) -> str:
        """The named setting, or `SettingMissing` when the environment left it out."""
        value = getattr(self, name)
        if not value:
            raise SettingMissing(f"environment variable {name} is not set")
        return str(value)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read from the environment on first use."""
    return Settings.model_validate(dict(os.environ))  # noqa: TID251 - the one reader of it
