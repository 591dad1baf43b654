"""Answers in SCRIPT: Status, CancelRxResponse, and Error for what a readable message did wrong."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import cancel_response, reply_error, reply_status
from pharmonico.kit.errors import (
    Conflict,
    Invalid,
    NotFound,
    PharmonicoError,
    Rejected,
    VersionConflict,
)
from pharmonico.kit.ids import fingerprint
from pharmonico.lambdas.http import Malformed, Response, TooLarge, status_of

if TYPE_CHECKING:
    from datetime import datetime

    from ncpdp.script import ScriptMessage
    from pharmonico.fulfillment.intake.receive import Taken
    from pharmonico.lambdas.http import Call

MEDIA_TYPE = "application/xml; charset=utf-8"
ACCEPTED = "010"
REFUSED = "900"
TRY_AGAIN = "600"
PARKED = "parked"
BROKEN = "602"
DESCRIPTION_CHARS_MAX = 70
_MESSAGE_ID_CHARS = 32


def reply_message(message: ScriptMessage, taken: Taken) -> Response[str]:
    """The same words for the same message: id and time come from what was taken in first."""
    message_id = _reply_id(message, taken.order.id if taken.order else PARKED)
    if taken.approved is None:
        reply = reply_status(message, ACCEPTED, message_id=message_id, sent_time=_time(taken.at))
    else:
        reply = cancel_response(
            message,
            approved=taken.approved,
            message_id=message_id,
            sent_time=_time(taken.at),
            note=None if taken.approved else "The medicine was handed to the carrier.",
        )
    return _spoken(reply, HTTPStatus.OK)


def error_message(error: PharmonicoError, call: Call, *, at: datetime) -> Response[str] | None:
    """Error in SCRIPT, where there is a message to relate it to and it is about that message."""
    message = call.notes.get("message")
    code = _code(error)
    if message is None or not message.header.message_id or code is None:
        return None
    reply = reply_error(
        message,
        code,
        error.code,
        error.detail[:DESCRIPTION_CHARS_MAX],
        message_id=_reply_id(message, error.code),
        sent_time=_time(at),
    )
    return _spoken(reply, HTTPStatus.OK if code == REFUSED else status_of(type(error)))


def _code(error: PharmonicoError) -> str | None:
    """900 refuses the message, 600 asks for it again, 602 is our trouble; None stays a problem."""
    if isinstance(error, Malformed | TooLarge):
        return None
    if isinstance(error, VersionConflict):
        return TRY_AGAIN
    if isinstance(error, Invalid | NotFound | Conflict):
        return REFUSED
    if isinstance(error, Rejected):
        return None
    return TRY_AGAIN if status_of(type(error)) == HTTPStatus.SERVICE_UNAVAILABLE else BROKEN


def _reply_id(message: ScriptMessage, about: str) -> str:
    header = message.header
    return fingerprint(header.from_.id or "", header.message_id, about)[:_MESSAGE_ID_CHARS]


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _spoken(reply: ScriptMessage, status: int) -> Response[str]:
    return Response(status_code=status, content_type=MEDIA_TYPE, body=ncpdp.write(reply).decode())
