"""What our messages are written from: the prescription as it is on file, and the pharmacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import Address, Contact, Phone, ScriptMessage
from ncpdp.script import Pharmacy as Named

from pharmonico.fulfillment.documents import Script
from pharmonico.kit.errors import Conflict, FieldError, Invalid

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.ports import Orders

BUSINESS_NAME_MAX = 70
COUNTRY = "US"


def original_of(order_id: str, *, orders: Orders) -> ScriptMessage:
    """The message the prescription came in, as it stands after corrections and changes."""
    script = orders.document(order_id, Script)
    message = ncpdp.from_json(script.message, complete=False) if script else None
    if not isinstance(message, ScriptMessage):
        raise Conflict("script.missing", "The prescription has no message.")
    return message


def named(pharmacy: Pharmacy | None) -> Named | None:
    """A pharmacy of the directory as a message names it."""
    if pharmacy is None:
        return None
    place = pharmacy.address
    return Named(
        ncpdp_id=pharmacy.ncpdp_id,
        npi=pharmacy.npi,
        business_name=pharmacy.name[:BUSINESS_NAME_MAX],
        address=Address(
            line1=place.line1,
            city=place.city,
            state=place.state,
            postal_code=place.postal_code,
            country=COUNTRY,
        ),
        contact=Contact(primary_telephone=Phone(number=pharmacy.phone)),
    )


def unwritable(error: ncpdp.NcpdpError) -> Invalid:
    """What the prescription on file lacks for this message, field by field."""
    missing = tuple(FieldError(d.path, d.code, d.sentence) for d in error.details)
    return Invalid("letter.incomplete", "The message cannot be written.", missing)
