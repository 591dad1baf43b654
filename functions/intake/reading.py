"""From the bytes of a request to a readable message, or the refusal in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import ScriptMessage
from pharmonico.fulfillment.intake.letters import Letter
from pharmonico.fulfillment.intake.receive import TAKEN
from pharmonico.kit.errors import FieldError, Invalid, PharmonicoError
from pharmonico.lambdas.http import Malformed, TooLarge
from pharmonico.lambdas.http.answers import json_of

if TYPE_CHECKING:
    from pharmonico.lambdas.http import Call

XML = ("application/xml", "text/xml")
JSON = "application/json"


def letter_of(call: Call) -> Letter:
    """The message in the request; what could be read of it is noted for the answer."""
    try:
        message = _message(call)
        call.notes["message"] = message
        if message.type in TAKEN:  # another type is refused for being one
            ncpdp.ensure_complete(message)
    except ncpdp.NcpdpError as error:
        if error.envelope is not None:
            call.notes["message"] = error.envelope
        raise _in_our_words(error) from error
    return Letter(
        message=message,
        raw=call.body,
        media_type=call.media_type,
        client_id=call.caller.client_id or call.caller.id,
    )


def _message(call: Call) -> ScriptMessage:
    if not call.body:
        raise Malformed("request.empty", "The request has no body.")
    if call.media_type == JSON:
        message = ncpdp.from_json(json_of(call.body.decode()))
    else:
        message = ncpdp.parse(call.body)
    if not isinstance(message, ScriptMessage):
        raise Malformed("message.not_script", "The body is not a SCRIPT message.")
    return message


def _in_our_words(error: ncpdp.NcpdpError) -> PharmonicoError:
    """Unreadable bytes are the HTTP layer's matter; readable messages are refused by content."""
    if isinstance(error, ncpdp.TooLarge):
        return TooLarge(error.code, error.sentence)
    if isinstance(error, ncpdp.NotReadable):
        return Malformed(error.code, error.sentence)
    return _invalid(error)


def _invalid(error: ncpdp.NcpdpError) -> Invalid:
    fields = tuple(FieldError(d.path, d.code, d.sentence) for d in error.details)
    own = (FieldError(error.path, error.code, error.sentence),) if error.path else ()
    return Invalid(error.code, error.sentence, fields or own)
