"""Events of shipping that people stand behind: a hold, and what became of a parcel."""

from __future__ import annotations

from typing import ClassVar

from pharmonico.events.fulfillment import ReasonedEvent


class ShippingHeld(ReasonedEvent):
    """No label can be bought as it stands; `reason` is the code of what people must decide."""

    detail_type: ClassVar[str] = "shipping_held"


class ParcelSettled(ReasonedEvent):
    """Ops answered what becomes of claim and money: `reason` is the answer's code."""

    detail_type: ClassVar[str] = "parcel_settled"


class ParcelWrittenOff(ReasonedEvent):
    """The answer was yes: the claim is reversed and the payment refunded after it."""

    detail_type: ClassVar[str] = "parcel_written_off"
