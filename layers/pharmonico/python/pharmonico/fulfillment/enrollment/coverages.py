"""E1 for what the patient entered: information for patient and ops, never a reason to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.adjudication.eligibility import check_eligibility
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.fulfillment.enrollment.patient import born_on
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.adjudication.claims import Payer
    from pharmonico.fulfillment.documents import Enrollment
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock


def check_coverages(
    order: Order, enrollment: Enrollment, *, orders: Orders, payer: Payer, clock: Clock
) -> None:
    """Ask once about each coverage of a submitted enrollment and keep the answers."""
    if enrollment.submitted_at is None:
        return
    for key, coverage in (("primary", enrollment.insurance), ("secondary", enrollment.secondary)):
        if coverage is None or orders.document(order.id, Eligibility, key):
            continue
        answer = check_eligibility(
            coverage,
            born=born_on(order.id, orders=orders),
            # No pharmacy is chosen yet: the prescriber is the provider who asks.
            provider_npi=order.summary.prescriber_npi,
            payer=payer,
            clock=clock,
        )
        try:
            orders.put_document(order.id, answer.model_copy(update={"key": key}))
        except VersionConflict:
            continue  # somebody asked at the same moment
