"""Shippo's webhook over HTTP: proven by its signature or by the URL's token."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.secrets import Secrets
from pharmonico.fulfillment.status import Status

from functions.track_poller import handler as track_poller
from functions.webhook_shippo import handler as webhook_shippo
from tests.builders import NOON
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from tests.unit.shipping.conftest import Dock

SECRET = "shippo_for_tests"
URL_TOKEN = "in_the_address_of_the_webhook"


@dataclass
class Door:
    dock: Dock

    def shippo_sends(self, event: dict[str, Any], **forging: Any) -> Answer:
        body = json.dumps(event)
        at = int(self.dock.clock.now().timestamp()) - forging.get("age_s", 0)
        secret = forging.get("secret", SECRET).encode()
        digest = hmac.new(secret, f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
        signature = forging.get("signature", f"t={at},v1={digest}")
        headers = {"Content-Type": "application/json"}
        if signature:
            headers["Shippo-Auth-Signature"] = signature
        return send(
            webhook_shippo.lambda_handler,
            "POST",
            "/webhook/shippo",
            body=body,
            headers=headers,
            query=forging.get("query"),
        )

    def update(self, status: str = "DELIVERED", **changes: Any) -> dict[str, Any]:
        """`track_updated` as Shippo sends it."""
        said = {
            "object_id": "1",
            "status": status,
            "substatus": {"code": "delivered", "text": "…", "action_required": False},
            "status_date": "2026-09-15T13:00:00Z",
            "status_details": "…",
        }
        track = {
            "carrier": "usps",
            "tracking_number": self.dock.tracking.number,
            "tracking_status": said,
            "tracking_history": [said],
            **changes,
        }
        return {"event": "track_updated", "test": True, "data": track}


@pytest.fixture
def door(shipped: Dock, monkeypatch: pytest.MonkeyPatch) -> Door:
    keys = Secrets(shippo_webhook_secret=SECRET, signing_key="k" * 32)
    monkeypatch.setattr(aws, "orders", lambda: shipped.orders)
    monkeypatch.setattr(aws, "tokens", lambda: shipped.tokens)
    monkeypatch.setattr(aws, "CLOCK", shipped.clock)
    monkeypatch.setattr(webhook_shippo, "secrets", lambda: keys)
    monkeypatch.setattr(track_poller, "carriers", lambda: shipped.carriers)
    return Door(shipped)


def test_a_signed_update_is_believed(door: Door) -> None:
    answer = door.shippo_sends(door.update())
    assert (answer.status, answer.json) == (200, {"outcome": "moved"})
    assert door.dock.order.status is Status.DELIVERED


def test_a_repeated_update_changes_nothing(door: Door) -> None:
    door.shippo_sends(door.update())
    assert door.shippo_sends(door.update()).json == {"outcome": "repeated"}
    assert door.dock.told.count("delivered") == 1


@pytest.mark.parametrize(
    "forging",
    [
        {"secret": "guessed"},
        {"signature": "t=1,v1=00"},
        {"signature": "v1=é"},
        {"signature": ""},
        {"signature": "", "query": {"token": "guessed"}},
        {"signature": "t=1,v1=00", "query": {"token": SECRET}},
    ],
)
def test_a_forged_update_is_refused(door: Door, forging: dict[str, Any]) -> None:
    answer = door.shippo_sends(door.update(), **forging)
    assert (answer.status, answer.json["code"]) == (400, "signature.invalid")
    assert door.dock.order.status is Status.SHIPPED


def test_a_stale_update_is_refused(door: Door) -> None:
    answer = door.shippo_sends(door.update(), age_s=301)
    assert (answer.status, answer.json["code"]) == (400, "signature.stale")


def test_an_account_without_hmac_proves_itself_by_the_urls_token(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Secrets(shippo_webhook_token=URL_TOKEN, signing_key="k" * 32)
    monkeypatch.setattr(webhook_shippo, "secrets", lambda: keys)
    forged = door.shippo_sends(door.update(), signature="", query={"token": "guessed"})
    signed_with_it = door.shippo_sends(door.update(), secret=URL_TOKEN)
    assert forged.json["code"] == signed_with_it.json["code"] == "signature.invalid"
    answer = door.shippo_sends(door.update(), signature="", query={"token": URL_TOKEN})
    assert answer.json == {"outcome": "moved"}


@pytest.mark.parametrize("token", [SECRET, URL_TOKEN])
def test_what_an_address_tells_is_no_proof_where_updates_are_signed(
    door: Door, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Secrets(
        shippo_webhook_secret=SECRET, shippo_webhook_token=URL_TOKEN, signing_key="k" * 32
    )
    monkeypatch.setattr(webhook_shippo, "secrets", lambda: keys)
    answer = door.shippo_sends(door.update(), signature="", query={"token": token})
    assert (answer.status, answer.json["code"]) == (400, "signature.invalid")
    assert door.dock.order.status is Status.SHIPPED


def test_without_a_secret_nobody_is_believed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_shippo, "secrets", lambda: Secrets(signing_key="k" * 32))
    answer = door.shippo_sends(door.update(), secret="", query={"token": ""})
    assert answer.json["code"] == "signature.invalid"


def test_a_parcel_that_is_not_ours_is_let_go(door: Door) -> None:
    answer = door.shippo_sends(door.update(tracking_number="1Z_OTHER", metadata="rx_01TEST:shp_1"))
    assert (answer.status, answer.json) == (200, {"outcome": "unknown"})
    assert door.dock.order.status is Status.SHIPPED


@pytest.mark.parametrize("kind", ["transaction_created", "batch_purchased"])
def test_other_events_are_let_go(door: Door, kind: str) -> None:
    answer = door.shippo_sends({"event": kind, "data": {}})
    assert (answer.status, answer.json) == (200, {"outcome": "ignored"})


def test_a_number_nobody_has_scanned_is_let_go(door: Door) -> None:
    answer = door.shippo_sends(door.update(tracking_status=None))
    assert answer.json == {"outcome": "ignored"}


def test_an_update_that_cannot_be_read_is_refused(door: Door) -> None:
    answer = door.shippo_sends({"event": "track_updated", "data": {"carrier": "usps"}})
    assert (answer.status, answer.json["code"]) == (422, "webhook.unreadable")


def test_the_poller_says_what_it_did(door: Door) -> None:
    scan = door.dock.scan("DELIVERED", "delivered", at=NOON)
    door.dock.carriers.scans[scan.carrier, scan.number] = scan
    assert track_poller.lambda_handler({}, None) == {
        "asked": 1,
        "moved": 1,
        "silent": 0,
        "failed": 0,
    }
