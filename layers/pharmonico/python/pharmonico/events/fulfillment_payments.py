"""Events about money between the patient, the checkout and us."""

from __future__ import annotations

from typing import ClassVar

from pharmonico.events.fulfillment import FulfillmentEvent


class PaymentLinkRenewed(FulfillmentEvent):
    """A checkout page ran out and another took its place; the link that the patient has holds."""

    detail_type: ClassVar[str] = "payment_link_renewed"
