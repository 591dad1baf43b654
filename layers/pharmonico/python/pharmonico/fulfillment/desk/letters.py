"""Letters that did not arrive, as failures of a step of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.correspondence.failed import LETTER_FAILED, unsettled
from pharmonico.fulfillment.desk.papers import LETTER, OpenFailure

if TYPE_CHECKING:
    from pharmonico.fulfillment.desk.ports import OpenFailures
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

_WORDS = {
    "prescriber.no_answer": "The prescriber's system did not answer in all tries of nine hours.",
    "prescriber.busy": "The prescriber's system asked to try again until there were no tries left.",
    "prescriber.no_endpoint": "No address of the prescriber's system is on file.",
    "letter.incomplete": "The message cannot be written: something it has to say is missing.",
}
_REFUSED = "The prescriber's system refused the message."


def keep_letters(order: Order, *, orders: Orders, failures: OpenFailures) -> None:
    """Put the prescription's letters among the open failures, or take them away."""
    row = letters_of(order, orders=orders)
    if row is None:
        failures.close(order.id, version=order.version, step=LETTER)
    else:
        failures.put(row)


def letters_of(order: Order, *, orders: Orders) -> OpenFailure | None:
    """One row for all that failed; code and words are the newest one's."""
    if LETTER_FAILED not in order.alerts:
        return None
    failed = unsettled(order.id, orders=orders)
    if not failed:
        return None
    seen = sorted((letter.failed_at or letter.composed_at, letter.problem) for letter in failed)
    code = seen[-1][1] or "unknown"
    return OpenFailure(
        prescription_id=order.id,
        version=order.version,
        status=order.status,
        step=LETTER,
        machine="correspondence",
        code=code,
        words=_WORDS.get(code, _REFUSED),
        first_seen=seen[0][0],
        last_seen=seen[-1][0],
        count=len(failed),
    )
