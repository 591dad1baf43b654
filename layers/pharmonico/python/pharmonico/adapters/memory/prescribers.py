"""A prescriber's system in memory: keeps what it is sent and answers as it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import ScriptMessage, reply_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.intake.clients import Client


def accepts(message: ScriptMessage) -> ScriptMessage:
    """The usual answer: Status 010."""
    message_id = f"S-{message.header.message_id}"[:35]
    return reply_status(
        message, "010", message_id=message_id, sent_time=message.header.sent_time or ""
    )


class MemoryPrescribers:
    """`answers` makes the reply; it may raise what the port may raise."""

    def __init__(self, answers: Callable[[ScriptMessage], ScriptMessage] = accepts) -> None:
        self.answers = answers
        self.received: list[ScriptMessage] = []

    def send(self, message: bytes, *, to: Client) -> bytes:  # noqa: ARG002 - one system plays all
        parsed = ncpdp.parse(message)
        if not isinstance(parsed, ScriptMessage):
            raise TypeError("not a SCRIPT message")
        self.received.append(parsed)
        return ncpdp.write(self.answers(parsed))
