"""STOP, START and HELP as patients write them, and whom we believe that they wrote it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.secrets import Secrets
from pharmonico.adapters.twilio_webhook import must_be_twilios, read_inbound
from pharmonico.fulfillment.notification.contacts import number_key
from pharmonico.fulfillment.notification.inbound import REPLIES, hear
from pharmonico.kit.errors import Rejected
from pharmonico.kit.settings import Settings
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # Twilio ships no types

from functions.webhook_twilio import handler
from local.sandbox.credentials import LOCAL_ONLY
from local.sandbox.twilio_inbound import inbound_sms
from tests.enrolling import World
from tests.gateway import Answer, send
from tests.unit.notification.test_templates import GSM

URL = "https://api.pharmonico.example/webhook/twilio"
PHONE = "+16145550120"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(aws, "contacts", lambda: world.contacts)
    monkeypatch.setattr(aws, "CLOCK", world.clock)
    keys = Secrets(signing_key="k" * 32, twilio_auth_token=LOCAL_ONLY.twilio_auth_token)
    monkeypatch.setattr(handler, "secrets", lambda: keys)
    chosen = Settings.model_validate({"API_URL": URL.removesuffix("/webhook/twilio")})
    monkeypatch.setattr(handler, "settings", lambda: chosen)
    return world


def text(said: str, *, url: str = URL, body: str | None = None) -> Answer:
    form, headers = inbound_sms(url, PHONE, said, keys=LOCAL_ONLY)
    sent = form if body is None else body
    return send(handler.lambda_handler, "POST", "/webhook/twilio", headers=headers, body=sent)


def stopped(world: World) -> bool | None:
    known = world.contacts.stop(number_key(PHONE, key="k" * 32))
    return known.stopped if known else None


@pytest.mark.parametrize(
    ("said", "now"),
    [
        *((word, True) for word in ("STOP", "stop", " Stop. ", "UNSUBSCRIBE", "PARAR")),
        *((word, False) for word in ("START", "unstop", "Iniciar")),
        *((word, None) for word in ("HELP", "please stop", "STOP it", "", "👍")),
    ],
)
def test_a_word_alone_is_heard(world: World, said: str, now: bool | None) -> None:
    assert text(said).status == 200
    assert stopped(world) is now


def test_the_last_word_counts(world: World) -> None:
    for said, now in (("STOP", True), ("STOP", True), ("START", False), ("HELP", False)):
        text(said)
        assert stopped(world) is now


@pytest.mark.parametrize(
    ("said", "reply"), [("HELP", "Your clinic can help"), ("AYUDA", "Su consultorio"), ("hm", "")]
)
def test_help_is_answered_in_its_language(world: World, said: str, reply: str) -> None:
    answer = text(said)
    assert answer.headers["content-type"] == "application/xml"
    assert reply in answer.body
    assert ("<Message>" in answer.body) is bool(reply)


def test_what_twilio_has_answered_is_not_answered_twice(world: World) -> None:
    manners = world.desk.manners
    heard = hear(PHONE, "STOP", is_answered=True, manners=manners, clock=world.clock)
    assert (heard.word, heard.reply) == ("stop", "")
    assert read_inbound({"From": PHONE, "Body": "STOP", "OptOutType": "STOP"}).is_answered


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (URL, urlencode({"From": PHONE, "Body": "STOP"})),
        (URL, "\ufffd" * 3),
        ("https://elsewhere.example/webhook/twilio", None),
    ],
)
def test_a_forged_word_is_not_heard(world: World, url: str, body: str | None) -> None:
    answer = text("STOP", url=url, body=body)
    assert answer.status in {400, 401, 403}
    assert json.loads(answer.body)["code"] == "signature.invalid"
    assert stopped(world) is None


def test_the_signature_is_twilios_own() -> None:
    fields = {"From": PHONE, "Body": "STOP & start", "To": "+15005550006", "Empty": ""}
    made = RequestValidator("token").compute_signature(URL, fields)
    body = urlencode(fields).encode()
    assert must_be_twilios(body, url=URL, header=made, token="token") == fields
    for token, header in (("other", made), ("", made), ("token", ""), ("token", "é")):
        with pytest.raises(Rejected):
            must_be_twilios(body, url=URL, header=header, token=token)


def test_every_reply_is_one_segment() -> None:
    assert {len(reply) <= 160 and set(reply) <= GSM for reply in REPLIES.values()} == {True}
