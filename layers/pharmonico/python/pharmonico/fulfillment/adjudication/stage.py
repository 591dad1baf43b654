"""Stage: bill the plan, then the second coverage, and learn what is left for the patient to pay.

Each claim is written down with its bytes before it is sent, so that a repetition after any
accident sends the same bytes and the payer can tell that it is one.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp import telecom

from pharmonico.events.fulfillment import ClaimAdjudicated, ClaimRejected
from pharmonico.fulfillment.adjudication import answers
from pharmonico.fulfillment.adjudication.answers import Verdict
from pharmonico.fulfillment.adjudication.claims import reversal
from pharmonico.fulfillment.adjudication.facts import gather, prepare
from pharmonico.fulfillment.adjudication.papers import SECONDARY, Billing, Claim
from pharmonico.fulfillment.adjudication.reversal import reverse
from pharmonico.fulfillment.adjudication.second import is_over, prepare_second
from pharmonico.fulfillment.documents import Enrollment
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
    from pharmonico.kit.money import Money

ADJUDICATED = Outcome(outcome="adjudicated")


@dataclass(frozen=True, slots=True)
class Desk:
    """What billing works with."""

    orders: Orders
    directory: Directory
    payer: Payer
    clock: Clock


def adjudicate(
    work: Work, *, orders: Orders, directory: Directory, payer: Payer, clock: Clock
) -> Outcome:
    """Paid: adjudicated; refused: held for the claim worklist; no use to be had: `Unavailable`."""
    desk = Desk(orders, directory, payer, clock)
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return SUPERSEDED
    if reached(order.status, Status.ADJUDICATED):
        return ADJUDICATED
    claim = orders.document(order.id, Claim)
    if claim is not None and claim.status == "reversing":
        reverse(order.id, orders=orders, payer=payer, clock=clock)
        order, claim = orders.get(order.id), orders.document(order.id, Claim)
    if claim is None or claim.status in ("rejected", "reversed", "cash"):
        order, claim = _written_down(order, claim, desk)
    if claim.status == "rejected":
        return _hold(order, claim, desk)
    if claim.status == "cash":
        return _accept(order, claim, desk, patient_pay=claim.patient_pay)
    if claim.status == "paid":  # and the second payer has not said its word yet
        return _go_on(order, claim, desk)
    return _ask(order, claim, desk)


def _written_down(order: Order, before: Claim | None, desk: Desk) -> tuple[Order, Claim]:
    """The claim as it will be sent; one that is sent to nobody is written with its outcome."""
    noted = desk.orders.document(order.id, Billing) if before else None
    facts = gather(order, orders=desk.orders, directory=desk.directory, billing=noted)
    claim = prepare(order, before, facts, clock=desk.clock)
    order = order.changed(at=desk.clock.now(), claim_id=claim.claim_id, wait=None)
    if claim.status != "submitted":
        return order, claim
    order = desk.orders.save(order, documents=[claim])
    return order, claim.model_copy(update={"version": claim.version + 1})


def _ask(order: Order, claim: Claim, desk: Desk) -> Outcome:
    claim, answer = _heard(claim, desk)
    verdict = answers.judge(answer, rx_number=claim.rx_number)
    if verdict is Verdict.DISPUTED and not claim.was_disputed:
        claim = _taken_back(order, claim, desk)
        return _ask(order, claim, desk)
    if verdict in (Verdict.REJECTED, Verdict.DISPUTED):
        return _hold(order, claim.model_copy(update=answers.refusal(answer)), desk)
    if verdict is Verdict.PAID:
        return _go_on(order, claim.model_copy(update=answers.amounts(answer)), desk)
    desk.orders.put_document(order.id, claim)
    raise _unusable(verdict, answer.rejects)


def _heard(claim: Claim, desk: Desk) -> tuple[Claim, telecom.Answer]:
    request = base64.b64decode(claim.request)
    response = desk.payer.send(request)
    answer = answers.read(response)
    return answers.noted(claim, "B1", request, response, at=desk.clock.now()), answer


def _taken_back(order: Order, claim: Claim, desk: Desk) -> Claim:
    """The payer paid something else under our numbers: reverse that, then bill what is meant."""
    request = reversal(base64.b64decode(claim.request))
    response = desk.payer.send(request)
    answers.read(response)
    noted = answers.noted(claim, answers.REVERSAL, request, response, at=desk.clock.now())
    return desk.orders.put_document(order.id, noted.model_copy(update={"was_disputed": True}))


def _go_on(order: Order, paid: Claim, desk: Desk) -> Outcome:
    """To the second coverage where there is one and something is left, else to the patient."""
    left = paid.patient_pay
    if not paid.is_followed or left is None or left.amount_minor == 0:
        return _accept(order, paid, desk, patient_pay=left)
    second = desk.orders.document(order.id, Claim, SECONDARY)
    if second is None or second.status != "submitted":
        order, paid, second = _second_written_down(order, paid, second, desk)
    if not is_over(second):
        second = _second_asked(order, second, desk)
    if second.status == "paid":
        left = second.patient_pay
    return _accept(order, paid, desk, patient_pay=left, second=second)


def _second_written_down(
    order: Order, paid: Claim, before: Claim | None, desk: Desk
) -> tuple[Order, Claim, Claim]:
    """What the first payer paid is kept before the second one is asked."""
    enrollment = desk.orders.document(order.id, Enrollment)
    if enrollment is None or enrollment.secondary is None:
        raise AssertionError("a claim that is followed has a second coverage")
    second = prepare_second(
        paid,
        enrollment.secondary,
        before,
        directory=desk.directory,
        clock=desk.clock,
    )
    order = desk.orders.save(order.changed(at=desk.clock.now()), documents=[paid, second])
    raised = [each.model_copy(update={"version": each.version + 1}) for each in (paid, second)]
    return order, raised[0], raised[1]


def _second_asked(order: Order, second: Claim, desk: Desk) -> Claim:
    """A refusal is no hold: the patient owes what the first payer left, and ops see why."""
    second, answer = _heard(second, desk)
    verdict = answers.judge(answer, rx_number=second.rx_number)
    if verdict in (Verdict.REJECTED, Verdict.DISPUTED):
        return second.model_copy(update=answers.refusal(answer))
    if verdict is Verdict.PAID:
        return second.model_copy(update=answers.amounts(answer))
    desk.orders.put_document(order.id, second)
    raise _unusable(verdict, answer.rejects)


def _unusable(verdict: Verdict, rejects: tuple[str, ...]) -> Unavailable:
    if verdict is Verdict.LATER:
        words = ", ".join(telecom.reject(code).words for code in rejects)
        return Unavailable("payer.host_unavailable", f"The payer cannot answer now: {words}.")
    return Unavailable("payer.amounts_mismatch", "The payer's amounts do not add up.")


def _accept(
    order: Order,
    claim: Claim,
    desk: Desk,
    *,
    patient_pay: Money | None,
    second: Claim | None = None,
) -> Outcome:
    after = order.moved(
        Status.ADJUDICATED, at=desk.clock.now(), patient_pay=patient_pay, hold_reason=None
    )
    event = record(ClaimAdjudicated, after, before=order, clock=desk.clock)
    papers = [claim, second] if second else [claim]
    try:
        desk.orders.save(after, events=[event], documents=papers)
    except VersionConflict:
        _undo_if_over(order, papers[-1], desk)
        raise
    return ADJUDICATED


def _hold(order: Order, claim: Claim, desk: Desk) -> Outcome:
    reason = f"claim.{claim.reject_codes[0]}"
    after = order.moved(Status.CLAIM_REJECTED, at=desk.clock.now(), owner=None, hold_reason=reason)
    event = record(ClaimRejected, after, before=order, clock=desk.clock)
    desk.orders.save(after, events=[event], documents=[claim])
    return HELD


def _undo_if_over(order: Order, paid: Claim, desk: Desk) -> None:
    """It was cancelled, or changed, while the payer thought about it: take the claims back.

    The reversal that belongs to that may have come before the payment, and then found nothing; one
    that found the claim has undone it already.
    """
    orders, order_id = desk.orders, order.id
    latest = orders.document(order_id, Claim, paid.key)
    if latest is None or not _is_over(order, latest, paid, orders):
        return
    heard = answers.with_exchanges(paid, (*latest.exchanges, *paid.exchanges[-1:]))
    current = heard.model_copy(update={"version": latest.version})
    meanwhile = [said for said in latest.exchanges if said not in paid.exchanges]
    if any(map(answers.is_approved_reversal, meanwhile)):
        orders.put_document(order_id, current.model_copy(update={"status": latest.status}))
        return
    orders.put_document(order_id, current)
    reverse(order_id, orders=orders, payer=desk.payer, clock=desk.clock)


def _is_over(order: Order, latest: Claim, paid: Claim, orders: Orders) -> bool:
    """A later run that bills the same claim is no end of it."""
    now = orders.get(order.id)
    is_marked = latest.status in ("reversing", "reversed") and latest.claim_id == paid.claim_id
    return now.status is Status.CANCELLED or (now.run != order.run and is_marked)
