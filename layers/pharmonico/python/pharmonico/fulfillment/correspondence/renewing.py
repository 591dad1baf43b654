"""More refills: the request, and the prescription that an approval makes of the old one."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp.script import NewRx, ScriptMessage, renewal_request

from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment import IntakeReceived
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.correspondence.failed import must_be_free
from pharmonico.fulfillment.correspondence.outgoing import sent_time
from pharmonico.fulfillment.correspondence.requesting import new_message_id, send_with
from pharmonico.fulfillment.correspondence.writing import named, original_of, unwritable
from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.errors import DuplicateMessage
from pharmonico.fulfillment.intake.letters import Letter
from pharmonico.fulfillment.intake.parking import apply_parked, known_by
from pharmonico.fulfillment.intake.receive import new_order, paper_of, pointers_of
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
    from pharmonico.fulfillment.correspondence.requesting import Study
    from pharmonico.fulfillment.intake.clients import Clients
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

    Form = dict[str, Any]

RENEWABLE = frozenset({Status.DELIVERED, Status.COMPLETED})
NEVER_REFILLED = "CII"
YES = frozenset({"approved", "approved_with_changes", "replace"})
OF_THE_FILL = ("last_fill_date", "lot_number", "pharmacy_requested_refills", "refills_remaining")
"""What was said of the fill before; a new prescription has none yet."""
OF_THE_PEOPLE = ("patient", "prescriber", "pharmacy", "benefits", "allergies", "facility")


def ask_renewal(order_id: str, *, refills: int, expected_revision: int, study: Study) -> Order:
    """Write an RxRenewalRequest for a prescription that was delivered and has no refills left."""
    order = study.orders.get(order_id)
    order.expect(expected_revision)
    original = original_of(order_id, orders=study.orders)
    paper = study.orders.document(order_id, Dispensing)
    if order.status not in RENEWABLE or paper is None:
        raise Conflict("renewal.not_delivered", "Only what was delivered is renewed.")
    _check(original.body)
    must_be_free(order_id, "RxRenewalRequest", orders=study.orders)
    try:
        message = renewal_request(
            original,
            refills=refills,
            last_fill_date=f"{paper.dispensed_at:%Y-%m-%d}",
            message_id=new_message_id(order_id, study),
            sent_time=sent_time(study.clock.now()),
            pharmacy=named(study.directory.pharmacy(order.pharmacy_id or "")),
            rx_reference_number=order_id,
        )
    except ncpdp.NcpdpError as error:
        raise unwritable(error) from error
    return send_with(order, message, about="renewal", study=study)


def _check(body: Any) -> None:
    drug = getattr(body, "medication", None)
    if drug is not None and drug.dea_schedule == NEVER_REFILLED:
        raise Conflict("renewal.schedule_two", "A schedule II substance is never refilled.")
    if drug is not None and (drug.refills or 0) > 0:
        raise Conflict("renewal.refills_left", "There are refills left.")
    if (getattr(body, "prohibit_renewal_request", None) or "").lower() in {"true", "y", "1"}:
        raise Conflict("renewal.prohibited", "The prescriber does not want to be asked.")


def renew(
    order_id: str,
    letter: OutgoingLetter,
    *,
    orders: Orders,
    clients: Clients,
    patient_key: str,
    clock: Clock,
) -> str:
    """Make a new prescription of a yes; answers its id, the same one every time, or `noted`.

    A CancelRx that overtook it is carried out, as for every prescription that arrives.
    """
    answer = orders.document(order_id, Script, letter.answer_key or "")
    old, before = orders.get(order_id), orders.document(order_id, Script)
    if letter.outcome not in YES or answer is None or before is None:
        return "noted"
    incoming = _as_new_rx(answer, before.message, client_id=old.origin.client_id)
    body = incoming.message.body
    if not isinstance(body, NewRx):
        return "noted"
    fresh = new_order(
        incoming,
        body,
        correlation_id=old.correlation_id,
        clock=clock,
        patient_key=patient_key,
    ).model_copy(update={"renewal_of": order_id})
    actor = Actor(id=old.origin.client_id, role=Role.PROVIDER)
    event = record(IntakeReceived, fresh, before=None, clock=clock, actor=actor)
    paper = paper_of(incoming, body, patient_key=patient_key)
    try:
        orders.create(fresh, pointers=pointers_of(incoming), events=[event], documents=[paper])
    except DuplicateMessage as earlier:
        if earlier.body_hash != incoming.body_hash:
            return "noted"  # another message took the id in between
        fresh = orders.get(earlier.order_id)
    apply_parked(known_by(incoming), fresh, orders=orders, clients=clients, clock=clock)
    return fresh.id


def _as_new_rx(answer: Script, before: Form, *, client_id: str) -> Letter:
    """The answer as the prescription that it is; of people it need only name those that changed."""
    said = answer.message
    drug = {name: value for name, value in said["medication"].items() if name not in OF_THE_FILL}
    people = {name: said.get(name) or before.get(name) for name in OF_THE_PEOPLE}
    form = {
        **{name: value for name, value in said.items() if name in {"version", "header"}},
        **{name: value for name, value in people.items() if value},
        "type": "NewRx",
        "medication": drug,
    }
    message = ncpdp.from_json(form, complete=False)
    if not isinstance(message, ScriptMessage):
        raise Conflict("script.not_newrx", "The answer is no prescription.")
    return Letter(
        message=message,
        raw=base64.b64decode(answer.raw_base64),
        media_type=answer.media_type,
        client_id=client_id,
    )
