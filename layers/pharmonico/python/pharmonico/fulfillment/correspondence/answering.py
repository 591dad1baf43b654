"""What prescribers say to our messages later: taken, refused, or a yes or no to a request.

It is found by RelatesToMessageID, which is our own MessageID. An answer is written down with its
event; what it changes is done by whoever hears that event, so that the sender need not wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ncpdp.script import Error, RxChangeResponse, RxRenewalResponse, Status, Verify

from pharmonico.events.fulfillment_messages import (
    PrescriberAnswered,
    PrescriberMessageFailed,
    PrescriberMessageRequired,
)
from pharmonico.fulfillment.correspondence.failed import alerted, cleared
from pharmonico.fulfillment.correspondence.outgoing import order_id_of
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.replies import reply_of
from pharmonico.fulfillment.correspondence.sending import TRIES_MAX
from pharmonico.fulfillment.errors import OrderNotFound
from pharmonico.fulfillment.intake.cancel import reused
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from ncpdp.script import Body

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.correspondence.replies import Reply
    from pharmonico.fulfillment.intake.clients import Client
    from pharmonico.fulfillment.intake.letters import Letter
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REPLIES = (Status, Verify, Error)
ANSWERS = (RxChangeResponse, RxRenewalResponse)
_ANSWERS_TO = {"RxChangeResponse": "RxChangeRequest", "RxRenewalResponse": "RxRenewalRequest"}
OUTCOMES = (
    *("approved", "approved_with_changes", "denied", "denied_new_to_follow"),
    *("validated", "replace"),
)
KEY_CHARS = 16


class Heard(NamedTuple):
    """The prescription it is about, and when it was first heard (a repeat is answered alike)."""

    order: Order
    at: datetime


def hear(letter: Letter, *, client: Client, actor: Actor, orders: Orders, clock: Clock) -> Heard:
    """Write down what was said to a message of ours.

    `NotFound` where it relates to none of this sender's and its prescribers', `Invalid` for an
    answer to another kind of message, `Conflict` for a second answer that says something else and
    for an answer under a MessageID that a prescription came under.
    """
    body = letter.message.body

    def attempt() -> Heard:
        order, sent = _letter_of(letter, client, orders=orders)
        if isinstance(body, ANSWERS):
            _must_be_new(letter, orders)
            return _answered(order, sent, letter, actor=actor, orders=orders, clock=clock)
        if (reply := reply_of(body)) is not None:
            _replied(order, sent, reply, orders=orders, clock=clock)
        return Heard(order, sent.composed_at)

    return on_conflict(attempt)


def outcome_of(body: Body) -> str:
    """What a response says, by the name of its one answer."""
    return next((name for name in OUTCOMES if getattr(body, name, None) is not None), "")


def _letter_of(letter: Letter, client: Client, *, orders: Orders) -> tuple[Order, OutgoingLetter]:
    """Whoever is named in the answer: whose prescription it is about is what counts."""
    ours = letter.message.header.relates_to_message_id or ""
    try:
        order = orders.get(order_id_of(ours))
    except OrderNotFound:
        raise _unknown() from None
    sent = orders.document(order.id, OutgoingLetter, ours)
    origin = order.origin
    is_theirs = (origin.client_id, origin.sender) == (letter.client_id, letter.sender)
    if sent is None or not is_theirs or not client.signs_for(order.summary.prescriber_npi):
        raise _unknown()
    return order, sent


def _must_be_new(letter: Letter, orders: Orders) -> None:
    """A renewal is taken in under its answer's id, so that one must not be another's."""
    known = orders.find_message(letter.key)
    if known is not None and known.body_hash != letter.body_hash:
        raise reused()


def _unknown() -> NotFound:
    return NotFound("letter.unknown", "We have sent no such message to this sender.")


def _answered(
    order: Order,
    sent: OutgoingLetter,
    letter: Letter,
    *,
    actor: Actor,
    orders: Orders,
    clock: Clock,
) -> Heard:
    if _ANSWERS_TO[letter.message.type] != sent.message_type:
        raise Invalid("letter.wrong_answer", f"We did not ask that: it was a {sent.message_type}.")
    if sent.answered_at is not None:
        if sent.answer_hash != letter.body_hash:
            raise Conflict("letter.answered", "This request was answered before.")
        return Heard(order, sent.answered_at)
    now, key = clock.now(), f"answer-{letter.key[:KEY_CHARS]}"
    outcome = outcome_of(letter.message.body)
    answered = sent.model_copy(
        update={
            "status": "answered",
            "outcome": outcome,
            "answered_at": now,
            "answer_key": key,
            "answer_hash": letter.body_hash,
        }
    )
    event = record(
        PrescriberAnswered, order, before=order, clock=clock, actor=actor, **_about(sent, outcome)
    )
    after = cleared(order, [answered], orders=orders)
    orders.save(after, events=[event], documents=[answered, letter.document(key=key)])
    return Heard(order, now)


def _replied(
    order: Order, sent: OutgoingLetter, reply: Reply, *, orders: Orders, clock: Clock
) -> None:
    """A refusal that comes later counts as one that came at once; what was answered stays so."""
    if sent.status in ("answered", "failed"):
        return
    if reply.status != "failed":
        if sent.status != "acknowledged":
            facts = {"status": reply.status, "sent_at": sent.sent_at or clock.now()}
            orders.put_document(order.id, sent.model_copy(update=facts))
        return
    tries, problem = sent.tries + 1, reply.problem or ""
    event: PrescriberMessageRequired | PrescriberMessageFailed
    if reply.is_passing and tries < TRIES_MAX:
        event = record(PrescriberMessageRequired, order, before=order, clock=clock, **_about(sent))
        status = "queued"
    else:
        event = record(
            PrescriberMessageFailed, order, before=order, clock=clock, **_about(sent, problem)
        )
        status, order = "failed", alerted(order)
    noted = sent.model_copy(
        update={
            "status": status,
            "tries": tries,
            "problem": problem,
            "failed_at": clock.now() if status == "failed" else None,
        }
    )
    orders.save(order, events=[event], documents=[noted])


def _about(sent: OutgoingLetter, reason: str | None = None) -> dict[str, Any]:
    about = {"message": sent.key, "message_type": sent.message_type}
    return about if reason is None else about | {"reason": reason}
