"""Stage: hold the message against the rules; what must not go on by itself rests with people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import Medication as Drug
from ncpdp.script import NewRx, ScriptMessage

from pharmonico.events.fulfillment import PrescriptionValidated, ValidationFailed
from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED, Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status, reached
from pharmonico.fulfillment.validation.catalog import product_of
from pharmonico.fulfillment.validation.codes import code_of
from pharmonico.fulfillment.validation.rules import Case, findings_of
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.documents import Finding
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

VALID = Outcome(outcome="valid")
JSON_DOOR = "json"


def validate(work: Work, *, orders: Orders, directory: Directory, clock: Clock) -> Outcome:
    """Write the findings and the verdict in one step."""
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return SUPERSEDED
    if reached(order.status, Status.VALIDATED):
        return VALID
    validation = examine(order, orders=orders, directory=directory, clock=clock)
    return _settle(order, validation, orders=orders, clock=clock)


def examine(order: Order, *, orders: Orders, directory: Directory, clock: Clock) -> Validation:
    """The rules' findings on the stored message, and the product it means."""
    case = _case(order, _message(order, orders), directory=directory, clock=clock)
    known = case.product.medication
    return Validation(
        findings=findings_of(case),
        checked_at=clock.now(),
        ndc=known.ndc11 if known else None,
        dea_schedule=case.schedule,
    )


def holding(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The codes that keep a prescription from going on, in order, each once."""
    held = (finding.code for finding in findings if code_of(finding.code).holds)
    return tuple(dict.fromkeys(held))


def _message(order: Order, orders: Orders) -> ScriptMessage:
    script = orders.document(order.id, Script)
    if script is None:
        raise Conflict("script.missing", "The prescription has no message.")
    message = ncpdp.from_json(script.message, complete=False)
    if not isinstance(message, ScriptMessage):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    return message


def _case(order: Order, message: ScriptMessage, *, directory: Directory, clock: Clock) -> Case:
    body = message.body
    if not isinstance(body, NewRx):
        raise Conflict("script.not_newrx", "The stored message is not a prescription.")
    drug = body.medication or Drug()
    return Case(
        message=message,
        body=body,
        drug=drug,
        product=product_of(drug.ndc, directory=directory),
        signed=message.header.is_signed and order.origin.format != JSON_DOOR,
        today=clock.now().date(),
    )


def _settle(order: Order, validation: Validation, *, orders: Orders, clock: Clock) -> Outcome:
    held = holding(validation.findings)
    now = clock.now()
    if held:
        after = order.moved(Status.VALIDATION_ISSUE, at=now, owner=None, hold_reason=held[0])
        failed = record(ValidationFailed, after, before=order, clock=clock)
        orders.save(after, events=[failed], documents=[validation])
        return HELD
    after = order.moved(Status.VALIDATED, at=now)
    passed = record(PrescriptionValidated, after, before=order, clock=clock)
    orders.save(after, events=[passed], documents=[validation])
    return VALID
