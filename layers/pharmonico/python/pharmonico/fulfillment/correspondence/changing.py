"""The prescriber's answer to a request, carried out.

A changed drug is validated anew, from the first stage on: what was found, routed and billed was
found for another one. A prior authorization that comes with the answer goes into the claim. Never
on a controlled substance: that takes a new prescription (domain rules of validation).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment_messages import PrescriptionChanged
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.adjudication.papers import Billing, marked
from pharmonico.fulfillment.adjudication.worklist import Worklist
from pharmonico.fulfillment.correspondence.papers import DrugChange, OutgoingLetter
from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.intake.receive import summary_of
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import CHANGEABLE, Status
from pharmonico.kit.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.intake.clients import Clients
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock

    Form = dict[str, Any]

AUTHORIZATION = "P"
RENEWAL = "RxRenewalRequest"
_NUMBER = re.compile(r"[0-9]{1,11}")  # as a claim carries it
YES = frozenset({"approved", "approved_with_changes"})
KEPT = ("rx_fill_indicators",)
"""What an answer need not repeat."""
SIGNATURE = "digital_signature"
NOTED = "noted"
CHANGED = "changed"
AUTHORIZED = "authorized"
TOO_LATE = "too_late"
CONTROLLED = "controlled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What an answer is carried out with."""

    orders: Orders
    clients: Clients
    machine: Machine
    clock: Clock
    patient_key: str


def carry_out(order_id: str, message_id: str, *, bench: Bench) -> str:
    """Do what the answer to this request says, once; answers what came of it.

    A code, or the id of the prescription that a renewal has made.
    """
    return on_conflict(lambda: _attempt(order_id, message_id, bench=bench))


def _attempt(order_id: str, message_id: str, *, bench: Bench) -> str:
    letter = bench.orders.document(order_id, OutgoingLetter, message_id)
    if letter is None or letter.answer_key is None or letter.applied is not None:
        return (letter and letter.applied) or NOTED
    if letter.message_type == RENEWAL:
        return _renewed(order_id, letter, bench)
    order = bench.orders.get(order_id)
    answer = bench.orders.document(order_id, Script, letter.answer_key)
    drug = answer.message.get("medication") if answer else None
    if letter.about == AUTHORIZATION and letter.outcome == "denied":
        return _denied(order, letter, bench)
    if letter.outcome not in YES or answer is None or drug is None:
        return _noted(order_id, letter, NOTED, bench)
    if letter.about == AUTHORIZATION and letter.outcome == "approved":
        return _authorized(order, letter, _number_in(answer.message), bench)
    return _changed(order, letter, drug, bench)


def _renewed(order_id: str, letter: OutgoingLetter, bench: Bench) -> str:
    from pharmonico.fulfillment.correspondence.renewing import renew  # noqa: PLC0415 - a renewal comes seldom

    came_to = renew(
        order_id,
        letter,
        orders=bench.orders,
        clients=bench.clients,
        patient_key=bench.patient_key,
        clock=bench.clock,
    )
    return _noted(order_id, letter, came_to, bench)


def _noted(order_id: str, letter: OutgoingLetter, came_to: str, bench: Bench) -> str:
    bench.orders.put_document(order_id, letter.model_copy(update={"applied": came_to}))
    return came_to


def _number_in(answer: Form) -> str:
    """With the drug or as the approval's reference."""
    drug, approval = answer.get("medication", {}), answer.get("approved", {})
    return str(drug.get("prior_authorization") or approval.get("reference_number") or "")


def _authorized(order: Order, letter: OutgoingLetter, number: str, bench: Bench) -> str:
    """The number goes into the claim that waits for it; else people read it on the letter."""
    if order.status is not Status.CLAIM_REJECTED or not _NUMBER.fullmatch(number):
        return _noted(order.id, letter, NOTED, bench)
    worklist = _worklist(order, "The prescriber sent the authorization.", bench)
    worklist.approve_authorization(number, None)
    return _noted(order.id, letter, AUTHORIZED, bench)


def _denied(order: Order, letter: OutgoingLetter, bench: Bench) -> str:
    """Nothing is waited for any longer: the claim's desk decides what else can be done."""
    if order.status is Status.CLAIM_REJECTED:
        with suppress(Conflict):  # it has been decided otherwise meanwhile
            _worklist(order, "The prescriber denied it.", bench).deny_authorization()
    return _noted(order.id, letter, NOTED, bench)


def _worklist(order: Order, note: str, bench: Bench) -> Worklist:
    return Worklist(
        order.id,
        actor=_prescriber(order),
        note=note,
        expected_revision=order.revision,
        orders=bench.orders,
        clock=bench.clock,
    )


def _changed(order: Order, letter: OutgoingLetter, drug: Form, bench: Bench) -> str:
    if order.status is Status.RECEIVED:
        raise Unavailable("change.busy", "The prescription is being validated.")
    script = bench.orders.document(order.id, Script)
    if order.status not in CHANGEABLE or script is None:
        return _noted(order.id, letter, TOO_LATE, bench)
    if is_controlled(order.id, script, orders=bench.orders):
        return _noted(order.id, letter, CONTROLLED, bench)
    before = script.message.get("medication", {})
    kept = {name: before[name] for name in KEPT if name in before and name not in drug}
    changed = script.model_copy(update={"message": _unsigned(script.message, drug | kept)})
    if is_controlled(order.id, changed, orders=bench.orders):
        return _noted(order.id, letter, CONTROLLED, bench)
    paper = DrugChange(
        key=letter.key,
        code=letter.about,
        outcome=letter.outcome or "",
        before=before,
        after=drug | kept,
        by=order.origin.client_id,
        at=bench.clock.now(),
    )
    applied = letter.model_copy(update={"applied": CHANGED})
    undone = [*_billed_anew(order.id, bench.orders), *marked(order.id, orders=bench.orders)]
    papers = [changed, paper, applied, *undone]
    after, events = _taken_up(order, letter, changed, bench)
    bench.orders.save(after, events=events, documents=papers)
    if order.wait is not None:
        bench.machine.fail(order.wait.token, "Superseded", "the prescriber changed it")
    return CHANGED


def _unsigned(message: Form, drug: Form) -> Form:
    """The message with another drug: what was signed was the first one."""
    header = {name: said for name, said in message["header"].items() if name != SIGNATURE}
    return {**message, "header": header, "medication": drug}


def _billed_anew(order_id: str, orders: Orders) -> list[Billing]:
    """A review's answers, an authorization and the choice of cash were for the drug before."""
    billing = orders.document(order_id, Billing)
    if billing is None:
        return []
    return [billing.model_copy(update={"replies": (), "authorization": None, "is_cash": False})]


def is_controlled(order_id: str, script: Script, *, orders: Orders) -> bool:
    """By what the message says, or by the product it was found to mean."""
    validation = orders.document(order_id, Validation)
    drug = _new_rx(script).medication
    return bool((drug and drug.dea_schedule) or (validation and validation.dea_schedule))


def _taken_up(
    order: Order, letter: OutgoingLetter, changed: Script, bench: Bench
) -> tuple[Order, list[Event[Any]]]:
    actor = _prescriber(order)
    moved = order.moved(
        Status.RECEIVED,
        at=bench.clock.now(),
        pharmacy_id=None,
        hold_reason=None,
        summary=summary_of(_new_rx(changed)),
    )
    told = record(
        PrescriptionChanged,
        moved,
        before=order,
        clock=bench.clock,
        actor=actor,
        message=letter.key,
        message_type=letter.message_type,
        reason=letter.outcome,
    )
    after, resumption = resume(moved, actor=actor, clock=bench.clock)
    return after, [told, resumption]


def _new_rx(script: Script) -> NewRx:
    message = ncpdp.from_json(script.message, complete=False)
    if not isinstance(message, ScriptMessage) or not isinstance(message.body, NewRx):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    return message.body


def _prescriber(order: Order) -> Actor:
    return Actor(id=order.origin.client_id, role=Role.PROVIDER)
