"""What the enrollment needs to know of the patient from the message as it came."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pharmonico.fulfillment.documents import Script

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders

EMAIL = r"[^@\s]{1,64}@[^@\s]{1,189}"
PHONE_DIGITS = 10


class Contact(BaseModel):
    """Where messages go; what ops gives wins over what the message said."""

    model_config = ConfigDict(frozen=True)

    email: str | None = Field(default=None, pattern=f"^{EMAIL}$")
    phone: str | None = Field(default=None, pattern=r"^\d{10}$")
    language: Literal["en", "es"] | None = None


def contact_of(order_id: str, *, orders: Orders) -> Contact:
    """The patient's e-mail and phone as the prescriber sent them; unusable ones are left out."""
    sent = _patient(order_id, orders=orders).get("contact") or {}
    phones = (sent.get(f"{kind}_telephone") for kind in ("primary", "home", "work"))
    numbers = [_digits(phone.get("number")) for phone in phones if phone]
    email = (sent.get("email") or "").strip()
    return Contact(
        email=email if re.fullmatch(EMAIL, email) else None,
        phone=next((number for number in numbers if len(number) == PHONE_DIGITS), None),
    )


def born_on(order_id: str, *, orders: Orders) -> date | None:
    """The date of birth of the message, a DateTime cut to its day."""
    sent = _patient(order_id, orders=orders).get("date_of_birth")
    try:
        return datetime.fromisoformat(sent).date() if sent else None
    except ValueError:
        return None


def state_of(order_id: str, *, orders: Orders) -> str | None:
    """The state of the patient's address in the message, where it has one."""
    address = _patient(order_id, orders=orders).get("address") or {}
    return address.get("state")


def _patient(order_id: str, *, orders: Orders) -> dict[str, Any]:
    script = orders.document(order_id, Script)
    return (script.message.get("patient") if script else None) or {}


def _digits(number: str | None) -> str:
    """Ten digits, a leading country code of the US cut off."""
    digits = "".join(character for character in number or "" if character.isdigit())
    return digits[1:] if len(digits) == PHONE_DIGITS + 1 and digits[0] == "1" else digits
