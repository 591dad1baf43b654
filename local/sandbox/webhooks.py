"""Outgoing webhooks: signed as the provider signs, retried with backoff, kept for a resend."""

from __future__ import annotations

import asyncio
import hmac
import json
from hashlib import sha256
from typing import TYPE_CHECKING

import httpx

from local.sandbox.state import iso, now, token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.settings import Settings
    from local.sandbox.state import Json, State

RETRY_DELAYS_S = (0.5, 1, 2, 4, 8, 15, 30, 30, 30)
RECEIVER_TIMEOUT_S = 30
SIGNATURE_HEADERS = {"stripe": "Stripe-Signature", "shippo": "Shippo-Auth-Signature"}


def signature(secret: str, body: str, *, at: float) -> str:
    """Stripe and Shippo sign alike: `t=<seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`."""
    seconds = int(at)
    digest = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), sha256).hexdigest()
    return f"t={seconds},v1={digest}"


class Webhooks:
    """Sends each event until the receiver answers 2xx or the attempts run out."""

    def __init__(self, *, state: State, settings: Settings) -> None:
        self._state = state
        self._settings = settings
        self._tasks: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(timeout=RECEIVER_TIMEOUT_S, trust_env=False)

    def resume(self) -> None:
        """Take up what an earlier run left undelivered."""
        for delivery in list(self._state.shelf("webhooks").newest()):
            if delivery["state"] == "pending":
                self._start(delivery)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def send(self, provider: str, event_type: str, body: Json, *, about: str) -> Json:
        """Start delivering `body`; `about` is the session or tracking number it speaks of."""
        delivery: Json = {
            "id": token("wh_"),
            "provider": provider,
            "type": event_type,
            "about": about,
            "at": iso(now()),
            "body": json.dumps(body, separators=(",", ":")),
            "state": "pending",
            "attempts": [],
        }
        self._state.shelf("webhooks").put(delivery["id"], delivery)
        self._start(delivery)
        return delivery

    async def resend(self, delivery: Json, *, age_s: float = 0, forge: bool = False) -> Json:
        """One more attempt of the same event, on wish stale (`age_s`) or with a false signature."""
        return await self._attempt(delivery, age_s=age_s, forge=forge)

    def about(self, what: str) -> Iterator[Json]:
        """Deliveries about one session or parcel, newest first."""
        return (d for d in self._state.shelf("webhooks").newest() if d["about"] == what)

    def _start(self, delivery: Json) -> None:
        task = asyncio.create_task(self._deliver(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, delivery: Json) -> None:
        for delay_s in (*RETRY_DELAYS_S, None):
            if self._state.shelf("webhooks").get(delivery["id"]) is not delivery:
                return  # wiped in the meantime: what is forgotten is not sent
            attempt = await self._attempt(delivery)
            if attempt["ok"]:
                delivery["state"] = "delivered"
                break
            if delay_s is not None:
                await asyncio.sleep(delay_s)
        else:
            delivery["state"] = "failed"
        self._state.changed()

    async def _attempt(self, delivery: Json, *, age_s: float = 0, forge: bool = False) -> Json:
        url = f"{self._settings.webhooks_url}/webhook/{delivery['provider']}"
        headers = self._headers(delivery, at=now() - age_s, forge=forge)
        attempt: Json = {"at": iso(now()), "url": url, "ok": False}
        try:
            answer = await self._client.post(url, content=delivery["body"], headers=headers)
            attempt |= {"status": answer.status_code, "ok": answer.is_success}
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            attempt["error"] = f"{type(failure).__name__}: {failure}"
        delivery["attempts"].append(attempt)
        del delivery["attempts"][:-50]
        self._state.changed()
        return attempt

    def _headers(self, delivery: Json, *, at: float, forge: bool) -> dict[str, str]:
        keys = self._settings.credentials
        secrets = {"stripe": keys.stripe_webhook_secret, "shippo": keys.shippo_webhook_secret}
        secret = "forged" if forge else secrets[delivery["provider"]]
        return {
            "Content-Type": "application/json; charset=utf-8",
            SIGNATURE_HEADERS[delivery["provider"]]: signature(secret, delivery["body"], at=at),
        }
