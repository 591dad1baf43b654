"""A patient answers an SMS: the sandbox signs it as Twilio does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pharmonico.fulfillment.notification.templates import Template
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # Twilio ships no types

from local.sandbox.credentials import LOCAL_ONLY

if TYPE_CHECKING:
    from tests.integration.sandbox.conftest import Receiver, Sandbox


def test_an_answer_is_signed(sandbox: Sandbox, receiver: Receiver) -> None:
    answer = sandbox.post("/twilio/inbound", {"from": "(614) 555-0120", "text": "STOP & go"})
    ((path, headers, body),) = receiver.wait_for(1)
    fields = dict(parse_qsl(body))
    judge = RequestValidator(LOCAL_ONLY.twilio_auth_token)
    signature = {name.lower(): value for name, value in headers.items()}["x-twilio-signature"]
    assert judge.validate(f"{receiver.url}{path}", fields, signature)
    assert (fields["From"], fields["Body"]) == ("+16145550120", "STOP & go")
    assert answer == {"status": 200, "reply": ""}


def test_the_mailbox_has_a_form_for_it(sandbox: Sandbox, receiver: Receiver) -> None:
    assert 'action="/sandbox/sms/answer"' in sandbox.http.get("/sandbox/").text
    sandbox.http.post("/sandbox/sms/answer", data={"from": "6145550120", "text": "HELP"})
    ((path, _, body),) = receiver.wait_for(1)
    assert (path, dict(parse_qsl(body))["Body"]) == ("/webhook/twilio", "HELP")


def test_every_message_can_be_looked_at(sandbox: Sandbox) -> None:
    shown = sandbox.http.get("/sandbox/messages").text
    assert all(f"/sandbox/messages/{name}/es" in shown for name in Template)
    mail = sandbox.http.get("/sandbox/messages/payment/es")
    assert "Pagar $12.50" in mail.text
    assert "default-src 'none'" in mail.headers["content-security-policy"]
    assert sandbox.http.get("/sandbox/messages/payment/fr").status_code == 404
    assert sandbox.http.get("/sandbox/messages/nothing/en").status_code == 404
