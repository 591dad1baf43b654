"""E-mail and SMS through the providers' own SDKs, to the played providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from pharmonico.adapters.email import SesSender
from pharmonico.adapters.sms import TwilioSender, twilio_client
from pharmonico.fulfillment.notification.templates import Message, Template, render
from pharmonico.kit.errors import Rejected, Unavailable

from local.sandbox.credentials import LOCAL_ONLY
from tests.integration.sandbox.conftest import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

LINK = "https://portal.pharmonico.example/#t=abc"
NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def provider() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def message() -> Message:
    return render(Template.ENROLLMENT, "es", {"link": LINK})


def ses(url: str) -> SesSender:
    client = boto3.client(
        "sesv2",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    return SesSender(client, "no-reply@pharmonico.example")


def twilio(url: str, *, auth_token: str = LOCAL_ONLY.twilio_auth_token) -> TwilioSender:
    return TwilioSender(
        twilio_client(LOCAL_ONLY.twilio_account_sid, auth_token, url), "+15005550006"
    )


def test_an_email_arrives_in_both_forms(provider: Sandbox, message: Message) -> None:
    provider_id = ses(f"{provider.url}/ses").send("jordan@example.org", message)
    mail = provider.items("/mail", to="jordan@example.org")[0]
    assert mail["id"] == provider_id
    assert (mail["subject"], mail["text"], mail["html"]) == (
        message.subject,
        message.text,
        message.html,
    )
    assert mail["links"] == [LINK]


def test_an_sms_arrives_at_the_american_number(provider: Sandbox, message: Message) -> None:
    provider_id = twilio(f"{provider.url}/twilio").send("6145550120", message)
    sms = provider.items("/sms", to="+16145550120")[0]
    assert provider_id.startswith("SM")
    assert (sms["text"], sms["links"]) == (message.sms, [LINK])


def test_a_mailbox_that_does_not_exist_is_refused_for_good(
    provider: Sandbox, message: Message
) -> None:
    with pytest.raises(Rejected):
        ses(f"{provider.url}/ses").send("gone@bounce.invalid", message)


def test_a_number_that_said_stop_is_refused_for_good(provider: Sandbox, message: Message) -> None:
    with pytest.raises(Rejected):
        twilio(f"{provider.url}/twilio").send("+15005550004", message)


def test_wrong_keys_are_our_trouble_not_the_patients(provider: Sandbox, message: Message) -> None:
    with pytest.raises(Unavailable):
        twilio(f"{provider.url}/twilio", auth_token="wrong").send("6145550120", message)


def test_a_provider_that_is_down_is_asked_again_later(message: Message) -> None:
    with pytest.raises(Unavailable):
        ses(NOBODY_LISTENS).send("jordan@example.org", message)
    with pytest.raises(Unavailable):
        twilio(NOBODY_LISTENS).send("6145550120", message)
