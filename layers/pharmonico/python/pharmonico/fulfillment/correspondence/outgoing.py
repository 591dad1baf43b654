"""Composing a message to the prescriber, to be saved with the move it tells of.

Its MessageID leads to the prescription by itself, so that an answer needs no pointer: the
prescription's id without its prefix, and eight characters that say what it is about.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, NamedTuple

import ncpdp

from pharmonico.events.envelope import SYSTEM
from pharmonico.events.fulfillment_messages import PrescriberMessageRequired
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.recording import record
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ncpdp.script import ScriptMessage

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.kit.clock import Clock

_PREFIX = "rx_"
_MARK_CHARS = 8  # with the id's 26 and a hyphen: the 35 characters that a MessageID may have


class Composed(NamedTuple):
    """The paper and the event; both go into the caller's own single write of the order."""

    letter: OutgoingLetter
    event: PrescriberMessageRequired


def message_id_of(order_id: str, cause: str) -> str:
    """The MessageID of what `cause` (an event's id, a key of the caller's) makes us say."""
    return f"{order_id.removeprefix(_PREFIX)}-{fingerprint(order_id, cause)[:_MARK_CHARS]}"


def order_id_of(message_id: str) -> str:
    """The prescription that a MessageID of ours is about; of others' ids it makes no sense."""
    return _PREFIX + message_id.rpartition("-")[0]


def sent_time(at: datetime) -> str:
    """As SCRIPT wants it: ISO 8601 in UTC, whole seconds."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def compose(
    order: Order, message: ScriptMessage, *, about: str, clock: Clock, actor: Actor = SYSTEM
) -> Composed:
    """The message as a paper of the order, and the event that has it sent.

    `order` is the order as it will be saved; `message` has its MessageID from `message_id_of`.
    """
    header = message.header
    letter = OutgoingLetter(
        key=header.message_id,
        message_type=message.type,
        about=about,
        client_id=order.origin.client_id,
        relates_to=header.relates_to_message_id,
        raw_base64=base64.b64encode(ncpdp.write(message)).decode(),
        composed_at=clock.now(),
        composed_by=actor.id,
    )
    event = record(
        PrescriberMessageRequired,
        order,
        before=order,
        clock=clock,
        actor=actor,
        message=letter.key,
        message_type=letter.message_type,
    )
    return Composed(letter, event)
