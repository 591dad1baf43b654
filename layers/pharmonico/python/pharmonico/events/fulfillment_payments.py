"""Events about money between the patient, the checkout and us."""

from __future__ import annotations

from typing import ClassVar

from pharmonico.events.envelope import Event
from pharmonico.events.fulfillment import FulfillmentEvent, OrderChange, ReasonedEvent


class RefundChange(OrderChange):
    """Which refund of which attempt; the amount stands in the record."""

    attempt: int
    refund: str


class PaymentLinkRenewed(FulfillmentEvent):
    """A checkout page ran out and another took its place; the link that the patient has holds."""

    detail_type: ClassVar[str] = "payment_link_renewed"


class PaymentRefundRequested(Event[RefundChange]):
    """Ops wants money to go back; a queue carries it out."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "payment_refund_requested"


class PaymentRefundFailed(Event[RefundChange]):
    """The provider or the bank did not take it: the money is still with us."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "payment_refund_failed"


class PaymentDisputed(ReasonedEvent):
    """`reason` is dispute_open, dispute_won or dispute_lost; people answer it at the provider."""

    detail_type: ClassVar[str] = "payment_disputed"
