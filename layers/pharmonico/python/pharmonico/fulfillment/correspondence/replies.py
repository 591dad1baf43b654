"""What a prescriber's system says at once about our message: taken, refused, or try again.

Codes by domain rules of SCRIPT: Status 010 and Verify say that the receiver has it, any other
Status that somebody on the way took it over; of the Errors 600 and 602 are the receiver's passing
troubles, all others a refusal that the same bytes would meet again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import ncpdp
from ncpdp.script import Error, ScriptMessage, Status, Verify

from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from ncpdp.script import Body

ACCEPTED = "010"
PASSING = frozenset({"600", "602"})


class Reply(NamedTuple):
    """The letter's new status; a failure says which code, `is_passing` that it may be repeated."""

    status: Literal["sent", "acknowledged", "failed"]
    problem: str | None = None
    is_passing: bool = False


def read_reply(raw: bytes, *, message_id: str) -> Reply:
    """The reply in the answer; `Unavailable` for one that does not speak of our message."""
    try:
        message = ncpdp.parse(raw)
    except ncpdp.NcpdpError as error:
        raise Unavailable("prescriber.unreadable", "The answer is no SCRIPT message.") from error
    if (
        not isinstance(message, ScriptMessage)
        or message.header.relates_to_message_id != message_id
        or (reply := reply_of(message.body)) is None
    ):
        raise Unavailable("prescriber.off_topic", "The answer is about something else.")
    return reply


def reply_of(body: Body) -> Reply | None:
    """What a body says about a letter; None for one that is no such reply."""
    match body:
        case Verify():
            return Reply("acknowledged")
        case Status(code=code):
            return Reply("acknowledged" if code == ACCEPTED else "sent")
        case Error(code=code):
            return Reply("failed", f"script.error_{code or 'unknown'}", code in PASSING)
    return None
