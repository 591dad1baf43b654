"""Money is integer minor units with a currency; never float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict, Field


class Money(BaseModel):
    """An amount in minor units (cents for USD); adding two currencies is an error."""

    model_config = ConfigDict(frozen=True)

    amount_minor: int
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")

    @classmethod
    def of(cls, amount: Decimal, currency: str = "USD") -> Self:
        """From major units, rounded half up to the cent: `Money.of(Decimal("10.005"))` is 10.01."""
        minor = (amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return cls(amount_minor=int(minor), currency=currency)

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(amount_minor=self.amount_minor + other.amount_minor, currency=self.currency)

    def __str__(self) -> str:
        return f"{Decimal(self.amount_minor) / 100:.2f} {self.currency}"


ZERO = Money(amount_minor=0)
