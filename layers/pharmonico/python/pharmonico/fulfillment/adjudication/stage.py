"""Stage: bill the plan, and learn what is left for the patient to pay.

The claim is written down with its bytes before it is sent, so that a repetition after any
accident sends the same bytes and the payer can tell that it is one.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from ncpdp import telecom

from pharmonico.events.fulfillment import ClaimAdjudicated, ClaimRejected
from pharmonico.fulfillment.adjudication import answers
from pharmonico.fulfillment.adjudication.answers import Verdict
from pharmonico.fulfillment.adjudication.facts import prepare
from pharmonico.fulfillment.adjudication.reversal import reverse
from pharmonico.fulfillment.documents import Claim
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED, Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status, reached
from pharmonico.kit.errors import Unavailable, VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.adjudication.claims import Payer
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

ADJUDICATED = Outcome(outcome="adjudicated")


def adjudicate(
    work: Work, *, orders: Orders, directory: Directory, payer: Payer, clock: Clock
) -> Outcome:
    """Paid: adjudicated; refused: held for the claim worklist; no use to be had: `Unavailable`."""
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return SUPERSEDED
    if reached(order.status, Status.ADJUDICATED):
        return ADJUDICATED
    claim = orders.document(order.id, Claim)
    if claim is None or claim.status in ("rejected", "reversed"):
        claim = prepare(order, claim, orders=orders, directory=directory, clock=clock)
        order = order.changed(at=clock.now(), claim_id=claim.claim_id, wait=None)
        if claim.status == "rejected":
            return _hold(order, claim, orders=orders, clock=clock)
        order = orders.save(order, documents=[claim])
        claim = claim.model_copy(update={"version": claim.version + 1})
    return _ask(order, claim, orders=orders, payer=payer, clock=clock)


def _ask(order: Order, claim: Claim, *, orders: Orders, payer: Payer, clock: Clock) -> Outcome:
    request = base64.b64decode(claim.request)
    response = payer.send(request)
    answer = answers.read(response)
    claim = answers.noted(claim, "B1", request, response, at=clock.now())
    verdict = answers.judge(answer, rx_number=claim.rx_number)
    if verdict is Verdict.REJECTED:
        refused = claim.model_copy(update=answers.refusal(answer))
        return _hold(order, refused, orders=orders, clock=clock)
    if verdict is Verdict.PAID:
        paid = claim.model_copy(update=answers.amounts(answer))
        return _accept(order, paid, orders=orders, payer=payer, clock=clock)
    orders.put_document(order.id, claim)
    raise _unusable(verdict, answer.rejects)


def _unusable(verdict: Verdict, rejects: tuple[str, ...]) -> Unavailable:
    if verdict is Verdict.LATER:
        words = ", ".join(telecom.reject(code).words for code in rejects)
        return Unavailable("payer.host_unavailable", f"The payer cannot answer now: {words}.")
    return Unavailable("payer.amounts_mismatch", "The payer's amounts do not add up.")


def _accept(order: Order, claim: Claim, *, orders: Orders, payer: Payer, clock: Clock) -> Outcome:
    after = order.moved(
        Status.ADJUDICATED, at=clock.now(), patient_pay=claim.patient_pay, hold_reason=None
    )
    event = record(ClaimAdjudicated, after, before=order, clock=clock)
    try:
        orders.save(after, events=[event], documents=[claim])
    except VersionConflict:
        _undo_if_cancelled(order.id, claim, orders=orders, payer=payer, clock=clock)
        raise
    return ADJUDICATED


def _hold(order: Order, claim: Claim, *, orders: Orders, clock: Clock) -> Outcome:
    reason = f"claim.{claim.reject_codes[0]}"
    after = order.moved(Status.CLAIM_REJECTED, at=clock.now(), owner=None, hold_reason=reason)
    event = record(ClaimRejected, after, before=order, clock=clock)
    orders.save(after, events=[event], documents=[claim])
    return HELD


def _undo_if_cancelled(
    order_id: str, paid: Claim, *, orders: Orders, payer: Payer, clock: Clock
) -> None:
    """The prescription was cancelled while the payer thought about it: take the claim back.

    The cancellation's own reversal may have come before the payment, and then found nothing; one
    that found the claim has undone it already.
    """
    latest = orders.document(order_id, Claim)
    if latest is None or orders.get(order_id).status is not Status.CANCELLED:
        return
    heard = answers.with_exchanges(paid, (*latest.exchanges, *paid.exchanges[-1:]))
    current = heard.model_copy(update={"version": latest.version})
    meanwhile = [said for said in latest.exchanges if said not in paid.exchanges]
    if any(map(answers.is_approved_reversal, meanwhile)):
        orders.put_document(order_id, current.model_copy(update={"status": latest.status}))
        return
    orders.put_document(order_id, current)
    reverse(order_id, orders=orders, payer=payer, clock=clock)
