"""Twilio's other direction: an SMS from a patient's phone, signed and posted to the product."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from hashlib import sha1
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of, json_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.credentials import Credentials
    from local.sandbox.mailbox import Mailbox
    from local.sandbox.settings import Settings
    from local.sandbox.state import Json

FORM = "application/x-www-form-urlencoded"
OUR_NUMBER = "+15005550006"
TIMEOUT_S = 30.0
_SAID = re.compile(r"<Message>(.*?)</Message>", re.DOTALL)


class TwilioInbound:
    """POST /sandbox/twilio/inbound for programs, and the mailbox page's form."""

    def __init__(self, *, mailbox: Mailbox, settings: Settings) -> None:
        self._mailbox = mailbox
        self._settings = settings

    def routes(self) -> list[Route]:
        return [
            Route("/twilio/inbound", self.post, methods=["POST"]),
            Route("/sms/answer", self.answer, methods=["POST"]),
        ]

    async def post(self, request: Request) -> JSONResponse:
        """`{from, text}`, on wish `forge`: `{status, reply}` is what the product answered."""
        order = await json_of(request)
        return JSONResponse(await self._send(order))

    async def answer(self, request: Request) -> Response:
        form = dict(await form_of(request))
        await self._send({"from": form.get("from", ""), "text": form.get("text", "")})
        return RedirectResponse("/sandbox/", status_code=303)

    async def _send(self, order: Json) -> Json:
        url = f"{self._settings.webhooks_url}/webhook/twilio"
        phone, text = _e164(str(order.get("from", ""))), str(order.get("text", ""))
        sid = "SM" + secrets.token_hex(16)
        body, headers = inbound_sms(url, phone, text, keys=self._settings.credentials, sid=sid)
        if order.get("forge"):
            headers["X-Twilio-Signature"] = "forged"
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S) as client:
                answer = await client.post(url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise HTTPException(502, "the product does not answer") from error
        said = _SAID.search(answer.text)
        if said:
            sms = {"from": OUR_NUMBER, "to": [phone], "text": said[1]}
            self._mailbox.receive("sms", sms | {"subject": "", "html": ""})
        return {"status": answer.status_code, "reply": said[1] if said else ""}


def inbound_sms(
    url: str, phone: str, text: str, *, keys: Credentials, sid: str = "SM" + "0" * 32
) -> tuple[str, dict[str, str]]:
    """The form as Twilio posts it, and its headers, signed for the address."""
    fields = {
        "MessageSid": sid,
        "AccountSid": keys.twilio_account_sid,
        "From": phone,
        "To": OUR_NUMBER,
        "Body": text,
        "NumMedia": "0",
    }
    signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    digest = hmac.new(keys.twilio_auth_token.encode(), signed.encode(), sha1).digest()
    headers = {"X-Twilio-Signature": base64.b64encode(digest).decode(), "Content-Type": FORM}
    return urlencode(fields), headers


def _e164(number: str) -> str:
    digits = "".join(letter for letter in number if letter.isdigit())
    return f"+1{digits[-10:]}"
