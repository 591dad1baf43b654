"""Sending what was composed: each message once, again after passing trouble, never for ever."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment_messages import PrescriberMessageFailed
from pharmonico.fulfillment.correspondence.failed import alerted
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.replies import read_reply
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict, on_conflict_of
from pharmonico.kit.errors import Rejected, Unavailable

if TYPE_CHECKING:
    from pharmonico.fulfillment.correspondence.ports import Prescribers
    from pharmonico.fulfillment.correspondence.replies import Reply
    from pharmonico.fulfillment.intake.clients import Clients
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

TRIES_MAX = 20
"""With the pauses of the queue, about nine hours; then somebody has to call."""
NO_ENDPOINT = "prescriber.no_endpoint"
UNWRITABLE = "letter.incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What sending works with."""

    orders: Orders
    clients: Clients
    prescribers: Prescribers
    clock: Clock


def send(order_id: str, message_id: str, *, post: Post) -> None:
    """Send the letter if it still has to be sent."""
    letter = post.orders.document(order_id, OutgoingLetter, message_id)
    if letter is not None:
        send_letter(order_id, letter, post=post)


def send_letter(order_id: str, letter: OutgoingLetter, *, post: Post) -> None:
    """The same with the letter as it is on file.

    Raises `Unavailable` when another try makes sense, so that the queue brings it again. Sent
    twice by two calls at once it is the same message, which the receiver knows by its MessageID.
    """
    message_id = letter.key
    if not letter.is_open:
        return
    if not letter.raw_base64:
        fail(order_id, message_id, letter.problem or UNWRITABLE, post=post)
        return
    client = post.clients.get(letter.client_id)
    if client is None or not client.endpoint_url:
        fail(order_id, message_id, NO_ENDPOINT, post=post)
        return
    try:
        raw = post.prescribers.send(base64.b64decode(letter.raw_base64), to=client)
        reply = read_reply(raw, message_id=message_id)
    except Unavailable as trouble:
        _again_or_never(order_id, message_id, trouble.code, post=post)
        raise
    except Rejected as refusal:
        fail(order_id, message_id, refusal.code, post=post)
        return
    _take(order_id, letter, reply, post=post)


def _take(order_id: str, sent: OutgoingLetter, reply: Reply, *, post: Post) -> None:
    """Note what was replied; what the prescriber has answered already is more than a reply."""
    message_id = sent.key
    if reply.status == "failed":
        if reply.is_passing:
            _again_or_never(order_id, message_id, reply.problem or "", post=post)
            raise Unavailable("prescriber.busy", "The prescriber's system asks to try again.")
        fail(order_id, message_id, reply.problem or "", post=post)
        return

    def note(letter: OutgoingLetter) -> None:
        if letter.status in ("queued", "sent"):
            facts = {"status": reply.status, "sent_at": letter.sent_at or post.clock.now()}
            post.orders.put_document(order_id, letter.model_copy(update=facts))

    def read() -> OutgoingLetter:
        return post.orders.document(order_id, OutgoingLetter, message_id) or sent

    on_conflict_of(sent, note, read=read)


def fail(order_id: str, message_id: str, problem: str, *, post: Post) -> None:
    """It cannot be delivered: told to ops, in one write with the letter."""

    def give_up() -> None:
        order = post.orders.get(order_id)
        letter = post.orders.document(order_id, OutgoingLetter, message_id)
        if letter is None or letter.status in ("answered", "failed"):
            return
        lost = {"status": "failed", "problem": problem, "failed_at": post.clock.now()}
        failed = letter.model_copy(update=lost)
        event = record(
            PrescriberMessageFailed,
            order,
            before=order,
            clock=post.clock,
            message=letter.key,
            message_type=letter.message_type,
            reason=problem,
        )
        post.orders.save(alerted(order), events=[event], documents=[failed])

    on_conflict(give_up)


def _again_or_never(order_id: str, message_id: str, problem: str, *, post: Post) -> None:
    """Count the try; after the last one the letter has failed, and the queue may forget it."""

    def count() -> int:
        letter = post.orders.document(order_id, OutgoingLetter, message_id)
        if letter is None or not letter.is_open:
            return 0
        facts: dict[str, Any] = {"tries": letter.tries + 1, "problem": problem}
        post.orders.put_document(order_id, letter.model_copy(update=facts))
        return letter.tries + 1

    if on_conflict(count) >= TRIES_MAX:
        fail(order_id, message_id, problem, post=post)
