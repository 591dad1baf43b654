"""The API as a stranger's program meets it: nothing raised, nothing added, answers as they are."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local.sandbox.credentials import LOCAL_ONLY
from local.sandbox.webhooks import signature
from local.tokens import bearer_token

if TYPE_CHECKING:
    import httpx

    from local.cloud import Cloud

XML, JSON = "application/xml", "application/json"
PRESCRIPTIONS = "/api/v1/prescriptions"
INTAKE, SCRIPT = "/api/intake", "/api/v1/script"
STRIPE = "/webhook/stripe"


@dataclass(frozen=True)
class Door:
    """Requests in any role (`""` brings no token), each answered with the bare response."""

    cloud: Cloud
    http: httpx.Client
    tokens: dict[str, str]

    def token(self, role: str) -> str:
        """The role's bearer token, signed in for once."""
        if role not in self.tokens:
            self.tokens[role] = bearer_token(self.cloud, role)
        return self.tokens[role]

    def ask(
        self, method: str, path: str, *, role: str = "", headers: Any = None, **sent: Any
    ) -> httpx.Response:
        """One request; `sent` is what httpx takes (`json`, `content`, `params`, `files`)."""
        sends = dict(headers or {})
        if role:
            sends.setdefault("Authorization", f"Bearer {self.token(role)}")
        url = f"{self.cloud.ports.edge_url}{path}"
        return self.http.request(method, url, headers=sends, **sent)

    def get(self, path: str, role: str = "ops", **sent: Any) -> httpx.Response:
        return self.ask("GET", path, role=role, **sent)

    def act(
        self,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        role: str = "ops",
        tag: str = "",
        key: str = "",
    ) -> httpx.Response:
        """A command with an Idempotency-Key of its own (or `key`), upon the tag if one is given."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if tag:
            headers["If-Match"] = tag
        return self.ask("POST", path, role=role, headers=headers, json=body or {})

    def send(
        self, message: bytes, path: str = SCRIPT, *, kind: str = XML, role: str = "provider"
    ) -> httpx.Response:
        """A message of the prescriber's system."""
        headers = {"Content-Type": kind}
        return self.ask("POST", path, role=role, headers=headers, content=message)

    def stripe_says(
        self, body: str, *, secret: str = LOCAL_ONLY.stripe_webhook_secret, age_s: int = 0
    ) -> httpx.Response:
        """An event with a signature as Stripe makes it."""
        sign = signature(secret, body, at=time.time() - age_s)
        headers = {"Stripe-Signature": sign, "Content-Type": "application/json"}
        return self.ask("POST", STRIPE, headers=headers, content=body.encode())


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, once it has been checked to be a proper one."""
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    body = answer.json()
    assert {"type", "title", "status", "detail", "code", "retryable"} <= body.keys(), body
    assert body["status"] == answer.status_code
    assert body["type"].endswith(f"/api/errors/{body['code']}")
    return answer.status_code, body["code"]
