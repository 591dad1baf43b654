"""Compensation: take a claim back (B2), once, whether it was paid or never answered."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from ncpdp import telecom

from pharmonico.events.fulfillment import ClaimReversed
from pharmonico.fulfillment.adjudication import answers
from pharmonico.fulfillment.adjudication.claims import reversal
from pharmonico.fulfillment.adjudication.papers import CLOSED, Claim
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from pharmonico.fulfillment.adjudication.claims import Payer
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REVERSED = Outcome(outcome="reversed")
NOTHING = Outcome(outcome="nothing_to_reverse")
REFUSED = "payer.reversal_refused"


def reverse_claim(work: Work, *, orders: Orders, payer: Payer, clock: Clock) -> Outcome:
    """The cancellation's step; a prescription without an open claim passes."""
    return reverse(work.prescription_id, orders=orders, payer=payer, clock=clock)


def reverse(order_id: str, *, orders: Orders, payer: Payer, clock: Clock) -> Outcome:
    """Reverse every claim that may be open at a payer; `Unavailable` while that is unsure.

    The last payer comes first: it was billed for what the one before it left.
    """
    claims = sorted(orders.documents(order_id, Claim), key=lambda claim: claim.key, reverse=True)
    open_claims = [claim for claim in claims if claim.status not in CLOSED]
    for claim in open_claims:
        _take_back(order_id, claim, orders=orders, payer=payer, clock=clock)
    return REVERSED if open_claims else NOTHING


def reverse_marked(order_id: str, *, orders: Orders, payer: Payer, clock: Clock) -> Outcome:
    """Reverse what a pharmacist's decision or an expired wait has marked, and nothing else."""
    claims = orders.documents(order_id, Claim)
    if not any(claim.status == "reversing" for claim in claims):
        return NOTHING
    return reverse(order_id, orders=orders, payer=payer, clock=clock)


def _take_back(order_id: str, claim: Claim, *, orders: Orders, payer: Payer, clock: Clock) -> None:
    may_be_gone = claim.patient_pay is None or _lost_an_answer(claim)
    if claim.status != "reversing":
        claim = orders.put_document(order_id, claim.model_copy(update={"status": "reversing"}))
    request = reversal(base64.b64decode(claim.request))
    response = payer.send(request)
    answer = answers.read(response)
    claim = answers.noted(claim, answers.REVERSAL, request, response, at=clock.now())
    if not answers.is_taken_back(answer, may_be_gone=may_be_gone):
        orders.put_document(order_id, claim)
        raise _refused(answer.rejects)
    taken_back = claim.model_copy(update={"status": "reversed"})
    on_conflict(lambda: _save(order_id, taken_back, orders=orders, clock=clock))


def _lost_an_answer(claim: Claim) -> bool:
    """Whether a reversal was on its way before, and what came of it was never written down."""
    last = claim.exchanges[-1]["code"] if claim.exchanges else None
    return claim.status == "reversing" and last != answers.REVERSAL


def _save(order_id: str, claim: Claim, *, orders: Orders, clock: Clock) -> None:
    """The order may be written meanwhile; what the payer has said holds all the same."""
    order = orders.get(order_id)
    after = order.changed(at=clock.now())
    event = record(ClaimReversed, after, before=order, clock=clock)
    orders.save(after, events=[event], documents=[claim])


def _refused(rejects: tuple[str, ...]) -> Unavailable:
    words = ", ".join(telecom.reject(code).words for code in rejects) or "no reason given"
    return Unavailable("payer.reversal_refused", f"The payer did not reverse the claim: {words}.")
