"""Amazon SES v2, the one call the product makes: SendEmail with simple, raw or no template."""

from __future__ import annotations

import base64
import binascii
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from local.sandbox.http import json_of
from local.sandbox.state import token

if TYPE_CHECKING:
    from email.message import EmailMessage

    from starlette.requests import Request

    from local.sandbox.mailbox import Mailbox
    from local.sandbox.state import Json

RECIPIENTS_MAX = 50


class SesRefusedError(Exception):
    """SES answers with a named exception."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


async def answer_refused(_: Request, refused: Exception) -> JSONResponse:
    name = refused.name if isinstance(refused, SesRefusedError) else "InternalFailure"
    headers = {"x-amzn-ErrorType": name}
    return JSONResponse({"message": str(refused)}, status_code=400, headers=headers)


class Ses:
    """Takes any signature: the mailbox has no accounts."""

    def __init__(self, *, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        return [Route("/v2/email/outbound-emails", self.send, methods=["POST"])]

    async def send(self, request: Request) -> JSONResponse:
        order = await json_of(request)
        to = _recipients(order)
        content = order.get("Content") or {}
        message = _raw(content["Raw"]) if "Raw" in content else _simple(content.get("Simple"))
        message |= {
            "from": order.get("FromEmailAddress") or message.get("from", ""),
            "to": to,
            "tags": {tag["Name"]: tag["Value"] for tag in order.get("EmailTags", [])},
        }
        if not message["from"]:
            raise SesRefusedError("BadRequestException", "Missing required header 'From'.")
        kept = self._mailbox.receive("mail", message)
        return JSONResponse({"MessageId": kept["id"]}, headers={"x-amzn-RequestId": token("")})


def _recipients(order: Json) -> list[str]:
    destination = order.get("Destination") or {}
    fields = ("ToAddresses", "CcAddresses", "BccAddresses")
    to = [address for field in fields for address in destination.get(field) or []]
    if not to or len(to) > RECIPIENTS_MAX:
        raise SesRefusedError("BadRequestException", "Recipient count must be between 1 and 50.")
    for address in to:
        if "@" not in address:
            raise SesRefusedError("BadRequestException", "Missing final '@domain'")
        if address.endswith("@bounce.invalid"):
            raise SesRefusedError("MessageRejected", "Email address is not verified.")
    return to


def _simple(simple: Json | None) -> Json:
    if not simple or "Subject" not in simple or not simple.get("Body"):
        raise SesRefusedError("BadRequestException", "Subject and Body are required.")
    body = simple["Body"]
    return {
        "subject": simple["Subject"]["Data"],
        "text": (body.get("Text") or {}).get("Data", ""),
        "html": (body.get("Html") or {}).get("Data", ""),
    }


def _raw(raw: Json) -> Json:
    try:
        message = message_from_bytes(base64.b64decode(raw["Data"]), policy=policy.default)
    except (binascii.Error, KeyError) as bad:
        raise SesRefusedError("BadRequestException", "Raw.Data is not readable.") from bad
    return {
        "from": str(message.get("From", "")),
        "subject": str(message.get("Subject", "")),
        "text": _part(message, "plain"),
        "html": _part(message, "html"),
    }


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
