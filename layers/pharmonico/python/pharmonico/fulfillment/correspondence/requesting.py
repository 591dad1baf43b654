"""Commands: ask the prescriber for a change, for more refills, or say no to the prescription.

Each is one write of the order with the letter, on the revision that was decided upon. What may be
asked, and by whom, are domain rules of validation: nothing of a controlled substance is changed,
clinical questions are a pharmacist's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import ncpdp
from ncpdp.script import DrugCoded, Medication, change_request

from pharmonico.fulfillment.adjudication.worklist import Worklist
from pharmonico.fulfillment.correspondence.changing import AUTHORIZATION, is_controlled
from pharmonico.fulfillment.correspondence.failed import must_be_free
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.writing import named, original_of, unwritable
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.status import CHANGEABLE, Status
from pharmonico.kit.errors import Conflict, FieldError, Forbidden, Invalid
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from ncpdp.script import ScriptMessage

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.correspondence.outgoing import Composed
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

Code = Literal["G", "T", "P", "D", "S", "OS", "U"]
PHARMACIST = "pharmacist"
CLINICAL = frozenset({"T", "D"})
"""Therapeutic interchange and drug use are a pharmacist's to ask about."""
HARMLESS = frozenset({"P", "U"})
"""They change nothing of the drug, so they may be asked about a controlled substance."""
REQUESTED_MAX = 9
DESCRIPTION_MAX = 105


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What a message is written with."""

    actor: Actor
    orders: Orders
    directory: Directory
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: `requested` are NDCs of products we would like instead."""

    code: Code
    text: str
    sub_codes: tuple[str, ...] = ()
    requested: tuple[str, ...] = ()


def ask_change(order_id: str, question: Question, *, expected_revision: int, study: Study) -> Order:
    """Write an RxChangeRequest; the answer comes later, meanwhile nothing stops.

    `Forbidden` for a clinical question of somebody else than a pharmacist, `Conflict` when it is
    too late, one is open already or the substance is controlled, `Invalid` for unknown products
    and for a prescription that lacks what the message needs.
    """
    order = study.orders.get(order_id)
    order.expect(expected_revision)
    _check(order, question, study)
    original = original_of(order_id, orders=study.orders)
    try:
        message = change_request(
            original,
            question.code,
            message_id=new_message_id(order_id, study),
            sent_time=sent_time(study.clock.now()),
            requested=_products(question, original, study.directory),
            sub_codes=question.sub_codes,
            reason=question.text.strip(),
            pharmacy=named(study.directory.pharmacy(order.pharmacy_id or "")),
            rx_reference_number=order_id,
        )
    except ncpdp.NcpdpError as error:
        raise unwritable(error) from error
    if question.code == AUTHORIZATION and order.status is Status.CLAIM_REJECTED:
        return _on_the_worklist(order, question, message, study)
    return send_with(order, message, about=question.code, study=study)


def _on_the_worklist(
    order: Order, question: Question, message: ScriptMessage, study: Study
) -> Order:
    """The claim waits for the authorization as for one that the payer was asked for."""
    worklist = Worklist(
        order.id,
        actor=study.actor,
        note=question.text,
        expected_revision=order.revision,
        orders=study.orders,
        clock=study.clock,
    )
    return worklist.ask_authorization(
        "", said=lambda after: composed_by(after, message, about=question.code, study=study)
    )


def send_with(order: Order, message: ScriptMessage, *, about: str, study: Study) -> Order:
    """Save the letter with the order as it is."""
    composed = composed_by(order, message, about=about, study=study)
    return study.orders.save(order, events=[composed.event], documents=[composed.letter])


def composed_by(order: Order, message: ScriptMessage, *, about: str, study: Study) -> Composed:
    return compose(order, message, about=about, clock=study.clock, actor=study.actor)


def new_message_id(order_id: str, study: Study) -> str:
    """Each wish of a person is a message of its own; repeats are the door's to find."""
    return message_id_of(order_id, new_id("msg", clock=study.clock))


def _check(order: Order, question: Question, study: Study) -> None:
    if question.code in CLINICAL and study.actor.role != PHARMACIST:
        raise Forbidden("change.needs_pharmacist", "A pharmacist asks clinical questions.")
    if order.status not in CHANGEABLE:
        raise Conflict("change.too_late", f"It is {order.status}: nothing can be changed now.")
    must_be_free(order.id, "RxChangeRequest", orders=study.orders)
    script = study.orders.document(order.id, Script)
    if (
        question.code not in HARMLESS
        and script is not None
        and is_controlled(order.id, script, orders=study.orders)
    ):
        raise Conflict(
            "change.controlled", "A controlled substance is changed by a new prescription alone."
        )


def _products(
    question: Question, original: ScriptMessage, directory: Directory
) -> tuple[Medication, ...]:
    """Each product as the prescription would have it: another drug, everything else as it was."""
    if len(question.requested) > REQUESTED_MAX:
        raise Invalid("change.too_many", f"At most {REQUESTED_MAX} products can be requested.")
    prescribed = getattr(original.body, "medication", None) or Medication()
    wishes = []
    for number, ndc in enumerate(question.requested):
        product = directory.medication(ndc)
        if product is None:
            where = f"/requested/{number}"
            error = FieldError(where, "product.unknown", "Not in the catalogue.")
            raise Invalid("change.product_unknown", "A product is not known.", (error,))
        words = f"{product.name} {product.strength} {product.dosage_form}"
        coded = DrugCoded(product_code=ndc, product_code_qualifier="ND")
        wishes.append(replace(prescribed, drug_description=words[:DESCRIPTION_MAX], drug=coded))
    return tuple(wishes)
