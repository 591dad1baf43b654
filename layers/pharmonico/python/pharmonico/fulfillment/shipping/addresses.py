"""What the carriers say of an address, in the words of whoever entered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.documents import Delivery
from pharmonico.fulfillment.shipping.parcels import address_of, delivery_of
from pharmonico.kit.errors import TooMany, Unavailable

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.fulfillment.shipping.carriers import Carriers

CHECKS_MAX = 20
"""In an hour and for one prescription: every look-up is paid for."""

HOUR_S = 3600


class AddressVerdict(BaseModel):
    """`suggestion` comes with the address as carriers write it; `unchecked` if they are silent."""

    model_config = ConfigDict(frozen=True)

    verdict: Literal["valid", "suggestion", "invalid", "unchecked"]
    suggested: Delivery | None = None


def verdict_on(entered: Delivery, *, carriers: Carriers) -> AddressVerdict:
    """Raises what `Carriers.check` raises."""
    found = carriers.check(address_of(entered))
    suggested = None
    if found.verdict == "suggestion" and found.suggested is not None:
        suggested = delivery_of(found.suggested, entered)
    return AddressVerdict(verdict=found.verdict, suggested=suggested)


def verdict_for_patient(
    entered: Delivery, order_id: str, *, carriers: Carriers, tokens: Tokens
) -> AddressVerdict:
    """The same, counted (`TooMany`); a carrier that is down keeps nobody from enrolling."""
    if tokens.count(f"address_checks#{order_id}", ttl_s=HOUR_S) > CHECKS_MAX:
        raise TooMany("address.too_many", "Too many tries; later.", retry_after_s=HOUR_S)
    try:
        return verdict_on(entered, carriers=carriers)
    except Unavailable:
        return AddressVerdict(verdict="unchecked")
