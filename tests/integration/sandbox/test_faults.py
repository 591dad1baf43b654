"""Failures on order, recorded calls, and a restart that forgets nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import stripe
from botocore.exceptions import ClientError, HTTPClientError
from shippo.models import components, errors
from twilio.base.exceptions import TwilioRestException

if TYPE_CHECKING:
    from collections.abc import Callable

    import shippo
    from twilio.rest import Client as TwilioClient

MAIL = {
    "FromEmailAddress": "clinic@example.com",
    "Destination": {"ToAddresses": ["pat@example.com"]},
    "Content": {"Simple": {"Subject": {"Data": "Hi"}, "Body": {"Text": {"Data": "Hello"}}}},
}
ADDRESS = components.AddressCreateRequest(country="US", zip="43201")


def test_a_provider_fails_as_often_as_ordered_and_then_works(sandbox: Any, mail: Any) -> None:
    sandbox.post("/faults", {"provider": "ses", "kind": "error", "times": 2, "status": 503})
    for _ in range(2):
        with pytest.raises(ClientError) as failed:
            mail.send_email(**MAIL)
        assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    mail.send_email(**MAIL)
    assert len(sandbox.items("/mail")) == 1
    assert sandbox.items("/faults") == []


def test_a_standing_fault_lasts_until_it_is_cleared(sandbox: Any, parcels: shippo.Shippo) -> None:
    order = {"provider": "shippo", "kind": "error", "times": -1, "path": "/addresses"}
    fault = sandbox.post("/faults", order)
    for _ in range(3):
        with pytest.raises(errors.SDKError):
            parcels.addresses.create(ADDRESS)
    assert parcels.tracking_status.get("SHIPPO_TRANSIT", "shippo").carrier == "shippo"
    sandbox.http.delete(f"/sandbox/faults/{fault['id']}").raise_for_status()
    assert parcels.addresses.create(ADDRESS).object_id


def test_each_sdk_raises_its_own_error(
    sandbox: Any, payments: stripe.StripeClient, texts: TwilioClient
) -> None:
    for provider in ("stripe", "twilio"):
        sandbox.post("/faults", {"provider": provider, "kind": "error", "times": -1})
    with pytest.raises(stripe.APIError):
        payments.v1.payment_intents.retrieve("pi_1")
    with pytest.raises(TwilioRestException):
        texts.messages.create(to="+16145550123", from_="+15005550006", body="Hi")


def test_a_timeout_holds_the_connection_and_then_drops_it(sandbox: Any, mail: Any) -> None:
    sandbox.post("/faults", {"provider": "ses", "kind": "timeout", "delay_s": 0.3})
    begun = time.monotonic()
    with pytest.raises(HTTPClientError):
        mail.send_email(**MAIL)
    assert time.monotonic() - begun >= 0.3
    assert sandbox.items("/mail") == []


def test_a_caller_that_gives_up_first_sees_a_timeout(sandbox: Any) -> None:
    sandbox.post("/faults", {"provider": "payer", "kind": "timeout", "delay_s": 5})
    with pytest.raises(httpx.ReadTimeout):
        sandbox.http.post("/payer/claims", content=b"x", timeout=0.3)


def test_a_fault_after_the_work_loses_the_answer_only(sandbox: Any, mail: Any) -> None:
    sandbox.post("/faults", {"provider": "ses", "kind": "error", "when": "after"})
    with pytest.raises(ClientError):
        mail.send_email(**MAIL)
    assert len(sandbox.items("/mail")) == 1


@pytest.mark.parametrize(
    "order",
    [
        {"provider": "paypal", "kind": "error"},
        {"provider": "ses", "kind": "fire"},
        {"provider": "ses", "kind": "error", "times": 0},
        {"provider": "ses", "kind": "error", "status": 200},
        {"provider": "ses", "kind": "error", "times": "many"},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(sandbox: Any, order: dict[str, Any]) -> None:
    assert sandbox.http.post("/sandbox/faults", json=order).status_code == 400


def test_calls_are_recorded_without_credentials(
    sandbox: Any, payments: stripe.StripeClient
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        payments.v1.payment_intents.retrieve("pi_unknown")
    [call] = sandbox.items("/calls", provider="stripe")
    assert (call["method"], call["status"]) == ("GET", 404)
    assert call["path"] == "/v1/payment_intents/pi_unknown"
    assert "authorization" not in call["headers"]
    assert sandbox.items("/calls", provider="ses") == []


def test_a_body_beyond_the_limit_is_refused(sandbox: Any) -> None:
    answer = sandbox.http.post("/payer/claims", content=b"x" * 2_000_001)
    assert answer.status_code == 413


def test_a_restart_keeps_the_data(start: Callable[[], Any]) -> None:
    first = start()
    first.http.post("/ses/v2/email/outbound-emails", json=MAIL).raise_for_status()
    first.stop()
    second = start()
    [kept] = second.items("/mail")
    assert kept["subject"] == "Hi"
    second.http.post("/ses/v2/email/outbound-emails", json=MAIL).raise_for_status()
    assert second.items("/mail", since=str(kept["number"]))


def test_a_taken_port_is_one_clear_line(sandbox: Any) -> None:
    port = sandbox.url.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "local.sandbox", "--port", port]
    second = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert second.returncode == 1
    assert second.stderr.startswith(f"sandbox: port {port} cannot be used")
