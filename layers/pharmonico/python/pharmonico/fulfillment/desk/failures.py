"""Failures as ops see them: what stopped where, by which code, and what had been done by then."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.correspondence.failed import LETTER_FAILED, settled
from pharmonico.fulfillment.desk.letters import keep_letters
from pharmonico.fulfillment.desk.papers import LASTING, LETTER, Effect, OpenFailure
from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.documents import Failure, Payment
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pharmonico.fulfillment.desk.papers import Note
    from pharmonico.fulfillment.desk.ports import OpenFailures
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

SHOWN_MAX = 1_000
"""Open failures that one call looks at; with more of them nobody works through a list."""

STOPPING = frozenset(
    {
        *("prescription_failed", "wait_expired"),
        *("prescription_resumed", "compensation_resumed", "prescription_cancelled"),
        *("prescriber_message_failed", "prescriber_message_required", "prescriber_answered"),
    }
)
"""Events after which a failure may be open, or no longer."""

_OWN = re.compile(
    r"^(?:\w+: )?(?P<code>[a-z][a-z_]*(?:\.[a-z0-9_]+)+)(?:: (?P<words>.*))?$", re.DOTALL
)
_UNFORESEEN = re.compile(r"^(?P<name>\w+(?: \w+)?) at \S+:\d+ ")
_WORDS = {
    "States.Timeout": "The step took longer than it may.",
    "dispense_expired": "Nothing was dispensed in 14 days; the claim is taken back.",
}
_NO_WORDS = "The step gave up after its retries; nobody foresaw why."


@dataclass(frozen=True, slots=True)
class Group:
    """Failures of one step by one code."""

    step: str
    code: str
    words: str
    first_seen: datetime
    last_seen: datetime
    failures: tuple[OpenFailure, ...]


def keep(order_id: str, *, orders: Orders, failures: OpenFailures) -> None:
    """Put the prescription among the open failures, or take it away; its letters likewise."""
    order = orders.get(order_id)
    keep_letters(order, orders=orders, failures=failures)
    failure = failure_of(order, orders=orders)
    if failure is None:
        failures.close(order.id, version=order.version)
    else:
        failures.put(failure)


def failure_of(order: Order, *, orders: Orders) -> OpenFailure | None:
    """What stopped it, or None while nothing has."""
    if order.failure_step is None:
        return None
    known = [each for each in orders.documents(order.id, Failure) if each.redriven_at is None]
    paper = next((each for each in known if each.step == order.failure_step), None)
    code, words = plain_cause(paper) if paper else (order.hold_reason or "unknown", "")
    return OpenFailure(
        prescription_id=order.id,
        version=order.version,
        status=order.status,
        step=order.failure_step,
        machine="cancellation" if order.may_be_undone else "fulfillment",
        code=code,
        words=words or _WORDS.get(code, _NO_WORDS),
        first_seen=paper.first_seen if paper else order.updated_at,
        last_seen=paper.last_seen if paper else order.updated_at,
        count=paper.count if paper else 1,
        effects=effects_of(order, orders=orders),
    )


def plain_cause(failure: Failure) -> tuple[str, str]:
    """Code and words of a failure: our own where one of our errors ended the step.

    A foreign exception is known by its class alone; its words may quote a record.
    """
    said = _said(failure.cause)
    if own := _OWN.match(said):
        return own["code"], own["words"] or ""
    if foreign := _UNFORESEEN.match(said):
        return foreign["name"], ""
    return failure.error or "unknown", ""


def effects_of(order: Order, *, orders: Orders) -> tuple[Effect, ...]:
    """What was done at partners and in the pharmacy, as the papers tell."""
    return tuple(dict.fromkeys(_effects(order.id, orders)))


def open_failures(*, orders: Orders, failures: OpenFailures) -> tuple[OpenFailure, ...]:
    """The open failures as the prescriptions have them now; at most `SHOWN_MAX`."""
    rows = failures.open(limit=SHOWN_MAX)
    ids = dict.fromkeys(row.prescription_id for row in rows)
    stopped = {
        (order.id, step)
        for order in orders.several(list(ids))
        for step in (order.failure_step, LETTER if LETTER_FAILED in order.alerts else None)
    }
    return tuple(row for row in rows if (row.prescription_id, row.step) in stopped)


def grouped(rows: Iterable[OpenFailure]) -> tuple[Group, ...]:
    """By step and code, the largest group first."""

    def kind(row: OpenFailure) -> tuple[str, str]:
        return row.step, row.code

    groups = [_group(tuple(members)) for _, members in groupby(sorted(rows, key=kind), key=kind)]
    return tuple(sorted(groups, key=lambda group: (-len(group.failures), group.step, group.code)))


def resolve(
    order_id: str,
    *,
    note: Note,
    acknowledged: frozenset[str],
    expected_revision: int,
    orders: Orders,
    clock: Clock,
) -> Order:
    """Say that a failure needs no redrive; its record stays, with who said so and why.

    What was cancelled is settled by that, nothing more is undone: so the caller must name what
    was not undone by us, or `Conflict`. A failed prescription may still be redriven or cancelled.
    Where only letters have failed, it is they that need not be sent.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    if order.failure_step is None:
        return _settle_letters(order, note, orders=orders, clock=clock)
    lasting = {each for each in effects_of(order, orders=orders) if each in LASTING}
    if order.may_be_undone and lasting - acknowledged:
        raise Conflict(
            "failure.not_acknowledged",
            "Something was not undone: say of each effect that it has been settled by hand.",
        )
    changes = {"undo_due": False} if order.may_be_undone else {}
    now = clock.now()
    after = order.changed(at=now, failure_step=None, revision=order.revision + 1, **changes)
    papers = [
        each.model_copy(
            update={"resolved_at": now, "resolved_by": note.by, "resolution": note.text}
        )
        for each in orders.documents(order.id, Failure)
        if each.redriven_at is None and each.resolved_at is None
    ]
    return orders.save(after, documents=[*papers, note])


def _settle_letters(order: Order, note: Note, *, orders: Orders, clock: Clock) -> Order:
    if LETTER_FAILED not in order.alerts:
        raise Conflict("failure.none", "This prescription has no open failure.")
    now = clock.now()
    after, letters = settled(order, at=now, orders=orders)
    after = after.changed(at=now, revision=order.revision + 1)
    return orders.save(after, documents=[*letters, note])


def _effects(order_id: str, orders: Orders) -> Iterator[Effect]:
    for claim in orders.documents(order_id, Claim):
        if claim.status in ("paid", "reversing"):
            yield "claim_paid"
        if claim.status == "reversed":
            yield "claim_reversed"
    for payment in orders.documents(order_id, Payment):
        if payment.payment_intent is not None:
            yield "payment_refunded" if payment.refund_id else "payment_taken"
    for shipment in orders.documents(order_id, Shipment):
        if shipment.transaction_id is not None:
            yield "label_voided" if shipment.voided else "label_bought"
    if orders.documents(order_id, Dispensing):
        yield "dispensed"


def _said(cause: str) -> str:
    """The message of a function's error; a machine hands it over as JSON."""
    try:
        found = json.loads(cause)
    except ValueError:
        return cause
    return str(found.get("errorMessage", "")) if isinstance(found, dict) else cause


def _group(failures: tuple[OpenFailure, ...]) -> Group:
    newest = max(failures, key=lambda row: row.last_seen)
    return Group(
        step=newest.step,
        code=newest.code,
        words=newest.words,
        first_seen=min(row.first_seen for row in failures),
        last_seen=newest.last_seen,
        failures=tuple(sorted(failures, key=lambda row: row.first_seen)),
    )


def is_failed(order: Order) -> bool:
    """Whether a redrive has something to start again: also what was resolved without one."""
    return order.failure_step is not None or order.status is Status.FAILED
