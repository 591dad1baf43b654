"""What may happen to money after it came: refunds, disputes, and a person's word on an amount."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pharmonico.kit.money import Money

FROZEN = ConfigDict(frozen=True, defer_build=True)

RefundStatus = Literal["asked", "pending", "succeeded", "failed"]
DisputeStatus = Literal["open", "won", "lost"]

WHOLE = "whole"
"""Key of the refund that gives back whatever is left, when nobody waits for the money any more."""


class Refund(BaseModel):
    """Money on its way back; `key` is ours and names it at the provider, whatever happens.

    One that was made at the provider by hand has the provider's id for its key. `asked` means
    that we want it and nobody has confirmed it yet.
    """

    model_config = FROZEN

    key: str
    amount: Money
    reason: str
    note: str = ""
    by: str
    role: str
    at: datetime
    status: RefundStatus
    provider_id: str | None = None


class Dispute(BaseModel):
    """The cardholder asked the bank for the money; only people answer one."""

    model_config = FROZEN

    dispute_id: str
    status: DisputeStatus
    reason: str
    amount: Money
    heard_at: datetime


class Acceptance(BaseModel):
    """A person took another amount than was asked for as the whole payment."""

    model_config = FROZEN

    note: str
    by: str
    role: str
    at: datetime
