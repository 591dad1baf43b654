"""SMS through Twilio's SDK, e-mail through boto3, both in one mailbox."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from twilio.base.exceptions import TwilioRestException

if TYPE_CHECKING:
    from twilio.rest import Client as TwilioClient

PHONE = "+16145550123"


def send_mail(
    mail: Any, *, to: str = "pat@example.com", text: str = "Hello.", html: str = ""
) -> str:
    body = {"Text": {"Data": text}} | ({"Html": {"Data": html}} if html else {})
    sent = mail.send_email(
        FromEmailAddress="Clinic <clinic@example.com>",
        Destination={"ToAddresses": [to]},
        Content={"Simple": {"Subject": {"Data": "Your link"}, "Body": body}},
        EmailTags=[{"Name": "prescription", "Value": "rx_1"}],
    )
    return str(sent["MessageId"])


def test_a_text_message_arrives_with_its_link_and_code(sandbox: Any, texts: TwilioClient) -> None:
    text = "Open https://portal.localhost/#t=abc123. Your code is 482913."
    sent = texts.messages.create(to=PHONE, from_="+15005550006", body=text)
    assert sent.status == "delivered"
    [found] = sandbox.items("/sms", to=PHONE)
    assert found["links"] == ["https://portal.localhost/#t=abc123"]
    assert found["codes"] == ["482913"]


def test_sent_texts_are_listed_and_fetched(texts: TwilioClient) -> None:
    sids = [
        texts.messages.create(to=PHONE, from_="+15005550006", body=str(number)).sid
        for number in range(2)
    ]
    assert [message.sid for message in texts.messages.list(to=PHONE)] == sids[::-1]
    assert texts.messages(sids[0]).fetch().body == "0"


@pytest.mark.parametrize(
    ("to", "body", "code"),
    [("+15005550001", "Hi", 21211), ("+15005550004", "Hi", 21610), (PHONE, "x" * 1601, 21617)],
)
def test_what_twilio_refuses_is_refused_with_twilios_code(
    sandbox: Any, texts: TwilioClient, to: str, body: str, code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        texts.messages.create(to=to, from_="+15005550006", body=body)
    assert refused.value.code == code
    assert sandbox.items("/sms") == []


def test_a_wrong_twilio_token_is_refused(texts: TwilioClient) -> None:
    texts.auth = ("AC0", "wrong")
    texts.username, texts.password = texts.auth
    with pytest.raises(TwilioRestException) as refused:
        texts.messages.create(to=PHONE, from_="+15005550006", body="Hi")
    assert refused.value.status == 401


def test_a_mail_arrives_with_every_link_once(sandbox: Any, mail: Any) -> None:
    link = "http://portal.localhost:8080/#t=abc&amp;x=1"
    identifier = send_mail(
        mail, text="Or http://ops.localhost/help.", html=f'<a href="{link}">x</a> <a href="{link}">'
    )
    [found] = sandbox.items("/mail", to="pat@")
    assert found["id"] == identifier
    assert found["links"] == [
        "http://portal.localhost:8080/#t=abc&x=1",
        "http://ops.localhost/help",
    ]
    assert found["tags"] == {"prescription": "rx_1"}


def test_mail_is_newest_first_and_filtered_by_since_and_recipient(sandbox: Any, mail: Any) -> None:
    send_mail(mail, to="a@example.com", text="one")
    [first] = sandbox.items("/mail")
    send_mail(mail, to="b@example.com", text="two")
    assert [found["text"] for found in sandbox.items("/mail")] == ["two", "one"]
    newer = sandbox.items("/mail", since=str(first["number"]))
    assert [found["text"] for found in newer] == ["two"]
    assert sandbox.items("/mail", to="c@") == []
    sandbox.http.delete("/sandbox/mail").raise_for_status()
    assert sandbox.items("/mail") == []


def test_a_raw_mail_is_read_too(sandbox: Any, mail: Any) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "clinic@example.com", "Raw"
    message.set_content("See http://portal.localhost/x")
    mail.send_email(
        Destination={"ToAddresses": ["pat@example.com"]},
        Content={"Raw": {"Data": message.as_bytes()}},
    )
    [found] = sandbox.items("/mail")
    assert (found["subject"], found["links"]) == ("Raw", ["http://portal.localhost/x"])


def test_an_address_that_bounces_is_rejected(mail: Any) -> None:
    with pytest.raises(ClientError) as refused:
        send_mail(mail, to="pat@bounce.invalid")
    assert refused.value.response["Error"]["Code"] == "MessageRejected"
