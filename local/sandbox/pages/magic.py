"""The one table of magic values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import table

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

HERE = "/sandbox/magic"
HEADS = ("Where", "Value", "What happens")
VALUES = (
    ("Member id ends with", "0075", "Rejected 75: prior authorization required"),
    ("Member id ends with", "0079", "Rejected 79: refill too soon"),
    ("Member id ends with", "0070", "Rejected 70: product not covered"),
    ("Member id ends with", "0065", "Rejected 65: patient is not covered"),
    ("Member id ends with", "0088", "Rejected 88: DUR, paid once E4/E5/E6 answer it"),
    ("Member id ends with", "0092", "Rejected 92 once: the host is down, then up"),
    ("Member id ends with", "0000", "Paid in full by the plan: the patient pays 0.00"),
    ("Card", "4242 4242 4242 4242", "Pays"),
    ("Card", "5555 5555 5555 4444", "Pays"),
    ("Card", "4000 0000 0000 0002", "Declined"),
    ("Card", "4000 0000 0000 9995", "Declined: insufficient funds"),
    ("ZIP", "99999", "Address invalid, no rates"),
    ("Street", "… Stret", "Address found, written Street: a suggestion"),
    ("Street contains", "LABEL ERROR", "The label purchase answers 201 with status ERROR"),
    ("Tracking number", "SHIPPO_PRE_TRANSIT", "Label created"),
    ("Tracking number", "SHIPPO_TRANSIT", "On its way"),
    ("Tracking number", "SHIPPO_DELIVERED", "Delivered"),
    ("Tracking number", "SHIPPO_FAILURE", "Cannot be delivered"),
    ("Tracking number", "SHIPPO_RETURNED", "Goes back to the sender"),
    ("Tracking number", "SHIPPO_UNKNOWN", "The carrier knows nothing"),
    ("SMS to", "+1 500 555 0001", "Twilio 21211: not a valid number"),
    ("SMS to", "+1 500 555 0002", "Twilio 21612: not reachable"),
    ("SMS to", "+1 500 555 0003", "Twilio 21408: region not enabled"),
    ("SMS to", "+1 500 555 0004", "Twilio 21610: unsubscribed"),
    ("SMS to", "+1 500 555 0009", "Twilio 21614: not a mobile number"),
    ("E-mail to", "…@bounce.invalid", "SES MessageRejected"),
)


async def show(_: Request) -> Response:
    return page(
        "Magic values", table("Values that make something happen", HEADS, VALUES), here=HERE
    )


ROUTES = [Route("/magic", show)]
