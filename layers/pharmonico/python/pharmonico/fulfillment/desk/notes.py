"""Notes on prescriptions, and who works on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.papers import NOTES_MAX, Note
from pharmonico.kit.errors import Conflict, FieldError, Invalid
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock


def a_note(text: str, *, actor: Actor, clock: Clock, about: str = "") -> Note:
    """A note by the actor, now; `Invalid` for one that says nothing."""
    said = text.strip()
    if not said:
        where = FieldError("/note", "note.required", "Say why, in a few words.")
        raise Invalid("request.invalid", "A note says something.", (where,))
    return Note(
        key=new_id("nte", clock=clock),
        text=said,
        about=about,
        by=actor.id,
        role=actor.role,
        at=clock.now(),
    )


def add_note(order_id: str, text: str, *, actor: Actor, orders: Orders, clock: Clock) -> Note:
    """Keep a note; `Conflict` where there are as many as anybody reads."""
    if len(orders.documents(order_id, Note)) >= NOTES_MAX:
        raise Conflict("note.too_many", f"A prescription has at most {NOTES_MAX} notes.")
    return orders.put_document(order_id, a_note(text, actor=actor, clock=clock))


def assign(
    order_id: str, assignee: str | None, *, taken_from: str | None, orders: Orders, clock: Clock
) -> Order:
    """Give it to somebody, or to nobody; `Conflict` when it is no longer with `taken_from`.

    So of two who take it at once, the second is told. Asked again, the same changes nothing.
    """
    order = orders.get(order_id)
    if order.assignee == assignee:
        return order
    if order.assignee != taken_from:
        raise Conflict("assignment.taken", "Somebody else has it now; read it again.")
    return orders.save(order.changed(at=clock.now(), assignee=assignee))
