"""Twilio's Messages resource: create, list and fetch, with Twilio's own magic test numbers."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.state import now

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.mailbox import Mailbox
    from local.sandbox.settings import Settings
    from local.sandbox.state import Json, State

BODY_CHARS_MAX = 1600
SEGMENT_CHARS = 160
PAGE_ITEMS_MAX = 1000
PAGE_ITEMS_USUAL = 50
# The numbers Twilio itself documents for its test credentials, and the errors they raise.
MAGIC_NUMBERS = {
    "+15005550001": (21211, "The 'To' number is not a valid phone number."),
    "+15005550002": (21612, "The 'To' phone number is not currently reachable."),
    "+15005550003": (21408, "Permission to send an SMS to this region is not enabled."),
    "+15005550004": (21610, "Attempt to send to unsubscribed recipient."),
    "+15005550009": (21614, "The 'To' number is not a mobile number."),
}


class TwilioRefusedError(Exception):
    """Twilio answers with a code of its own and an HTTP status."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def answer_refused(_: Request, refused: Exception) -> JSONResponse:
    status, code = 500, 20500
    if isinstance(refused, TwilioRefusedError):
        status, code = refused.status, refused.code
    more = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": str(refused), "more_info": more, "status": status}
    return JSONResponse(body, status_code=status)


class Twilio:
    """Messages are delivered at once: they stand in the mailbox."""

    def __init__(self, *, state: State, mailbox: Mailbox, settings: Settings) -> None:
        self._shelf = state.shelf("twilio.messages")
        self._mailbox = mailbox
        self._settings = settings

    def routes(self) -> list[Route]:
        base = "/2010-04-01/Accounts/{account}"
        return [
            Route(f"{base}/Messages.json", self.create, methods=["POST"]),
            Route(f"{base}/Messages.json", self.list, methods=["GET"]),
            Route(f"{base}/Messages/{{sid}}.json", self.fetch, methods=["GET"]),
        ]

    async def create(self, request: Request) -> JSONResponse:
        self._check_caller(request)
        order = dict(await form_of(request))
        _check_order(order)
        message = self._shelf.put(sid := "SM" + secrets.token_hex(16), self._message(sid, order))
        sms = {"from": message["from"] or "", "to": [order["To"]], "text": order["Body"]}
        self._mailbox.receive("sms", sms | {"subject": "", "html": ""})
        return JSONResponse(message, status_code=201)

    async def list(self, request: Request) -> JSONResponse:
        self._check_caller(request)
        asked = request.query_params
        wanted = asked.get("PageSize", "")
        size = min(int(wanted), PAGE_ITEMS_MAX) if wanted.isdigit() else PAGE_ITEMS_USUAL
        found = [m for m in self._shelf.newest() if asked.get("To") in (None, m["to"])]
        uri = request.url.path.removeprefix("/twilio")
        page: Json = {"first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None}
        page |= {"uri": uri, "page": 0, "page_size": size, "start": 0, "end": len(found[:size])}
        return JSONResponse({"messages": found[:size], **page})

    async def fetch(self, request: Request) -> JSONResponse:
        self._check_caller(request)
        message = self._shelf.get(request.path_params["sid"])
        if message is None:
            raise TwilioRefusedError(404, 20404, "The requested resource was not found")
        return JSONResponse(message)

    def _check_caller(self, request: Request) -> None:
        keys = self._settings.credentials
        pair = f"{keys.twilio_account_sid}:{keys.twilio_auth_token}".encode()
        wanted = "Basic " + base64.b64encode(pair).decode()
        sent = request.headers.get("authorization", "")
        if not secrets.compare_digest(sent.encode(), wanted.encode()):
            raise TwilioRefusedError(401, 20003, "Authenticate")

    def _message(self, sid: str, order: Json) -> Json:
        account = self._settings.credentials.twilio_account_sid
        stamp = format_datetime(datetime.fromtimestamp(now(), UTC))
        uri = f"/2010-04-01/Accounts/{account}/Messages/{sid}"
        return {
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": order["Body"],
            "date_created": stamp,
            "date_sent": stamp,
            "date_updated": stamp,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": order.get("From"),
            "messaging_service_sid": order.get("MessagingServiceSid"),
            "num_media": "0",
            "num_segments": str(-(-len(order["Body"]) // SEGMENT_CHARS)),
            "price": None,
            "price_unit": "USD",
            "sid": sid,
            "status": "delivered",
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": order["To"],
            "uri": f"{uri}.json",
        }


def _check_order(order: Json) -> None:
    if not order.get("To"):
        raise TwilioRefusedError(400, 21604, "A 'To' phone number is required.")
    if not order.get("From") and not order.get("MessagingServiceSid"):
        raise TwilioRefusedError(400, 21603, "A 'From' phone number is required.")
    if not order.get("Body"):
        raise TwilioRefusedError(400, 21602, "Message body is required.")
    if len(order["Body"]) > BODY_CHARS_MAX:
        raise TwilioRefusedError(400, 21617, "The message body exceeds the 1600 character limit.")
    if order["To"] in MAGIC_NUMBERS:
        raise TwilioRefusedError(400, *MAGIC_NUMBERS[order["To"]])
