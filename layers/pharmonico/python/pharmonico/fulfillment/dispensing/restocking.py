"""Command of the pharmacist: what became of medicine whose prescription was cancelled.

What never left the counter goes back to stock or, where that cannot be answered for, is thrown
away; what left the pharmacy is quarantined and never restocked (domain rules of shipping).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.dispensing.papers import Restock
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.kit.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from pharmonico.fulfillment.dispensing.papers import Disposal
    from pharmonico.fulfillment.dispensing.pharmacist import Counter
    from pharmonico.fulfillment.order import Order


def put_back(
    order_id: str, disposal: Disposal, *, expected_revision: int, counter: Counter
) -> Order:
    """Note what was done, once; `Forbidden` to others than the pharmacy's own pharmacists.

    What stood on a sheet of parcels has been handed to the carrier, whatever was scanned.
    """
    order = counter.orders.get(order_id)
    order.expect(expected_revision)
    due = counter.orders.document(order_id, Restock)
    if due is None:
        raise Conflict("restock.nothing_due", "Nothing of this prescription goes back to stock.")
    if due.pharmacy_id not in counter.pharmacies:
        raise Forbidden("dispensing.other_pharmacy", "Another pharmacy was chosen for this one.")
    if due.disposal is not None:
        raise Conflict("restock.done", f"It was {due.disposal} before.")
    shipment = counter.orders.document(order_id, Shipment)
    if disposal == "restocked" and shipment is not None and shipment.handed_over is not None:
        raise Conflict("restock.left_pharmacy", "It left the pharmacy: quarantine it.")
    now = counter.clock.now()
    done = due.model_copy(update={"disposal": disposal, "by": counter.actor.id, "done_at": now})
    return counter.orders.save(order.changed(at=now), documents=[done])
