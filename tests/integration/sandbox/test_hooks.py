"""The receiver of our webhooks tells good signatures from bad ones."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.receivers import HttpReceivers
from pharmonico.fulfillment.webhooks.signing import new_secret, signed_headers

if TYPE_CHECKING:
    from tests.integration.sandbox.conftest import Sandbox

BODY = b'{"type":"delivered","timestamp":"2026-09-15T12:00:00Z","data":{}}'


def send(sandbox: Sandbox, secret: str, *, age_s: int = 0, message_id: str = "msg_1") -> int:
    at_s = int(time.time()) - age_s
    headers = signed_headers(message_id, BODY, secrets=[secret], at_s=at_s)
    return HttpReceivers(loopback=True).post(f"{sandbox.url}/hooks/clinic", BODY, headers)


@pytest.mark.parametrize(
    ("known", "age_s", "verdict"),
    [
        ("same", 0, "good"),
        ("other", 0, "forged"),
        ("same", 600, "stale"),
        ("", 0, "unknown secret"),
    ],
)
def test_a_signature_is_judged(sandbox: Sandbox, known: str, age_s: int, verdict: str) -> None:
    secret = new_secret()
    secrets = {"same": secret, "other": new_secret(), "": ""}
    sandbox.post("/hooks/clinic/set-up", {"secret": secrets[known]})
    assert send(sandbox, secret, age_s=age_s) == 204
    (heard,) = sandbox.items("/hooks.json", name="clinic")
    assert (heard["verdict"], heard["type"], heard["again"]) == (verdict, "delivered", False)
    assert verdict in sandbox.http.get("/sandbox/hooks").text


def test_what_is_not_signed_is_seen(sandbox: Sandbox) -> None:
    sandbox.http.post("/hooks/clinic", content=BODY)
    assert [each["verdict"] for each in sandbox.items("/hooks.json")] == ["unsigned"]


def test_it_answers_as_it_was_told_and_sees_what_comes_again(sandbox: Sandbox) -> None:
    secret = new_secret()
    sandbox.post("/hooks/clinic/set-up", {"secret": secret, "status": 503, "times": 1})
    assert [send(sandbox, secret), send(sandbox, secret)] == [503, 204]
    assert [each["again"] for each in sandbox.items("/hooks.json")] == [True, False]


def test_the_page_sets_a_receiver_up(sandbox: Sandbox) -> None:
    secret = new_secret()
    form = {"name": "clinic", "secret": secret, "status": "", "times": ""}
    sandbox.http.post("/sandbox/hooks", data=form)
    assert send(sandbox, secret) == 204
    assert [each["verdict"] for each in sandbox.items("/hooks.json")] == ["good"]
