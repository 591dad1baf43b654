"""`POST /api/intake` and `POST /api/v1/script`: one use case, answered in two languages."""

from collections.abc import Callable

from ncpdp.script import CancelRx
from pharmonico.fulfillment.intake.receive import Desk, Taken, receive
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, PharmonicoError
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Api, Call, Response
from pydantic import BaseModel, Field

from functions.intake import contract
from functions.intake.reading import JSON, XML, letter_of
from functions.intake.speaking import error_message, reply_message

PARKED = "parked"


class Received(BaseModel):
    """The prescription a message stands for; a cancellation may come before there is one."""

    id: str | None = Field(default=None, examples=["rx_01K5ABCDEFGHJKMNPQRSTVWXYZ"])
    status: str = Field(
        description="What came of the message: received, cancelled, or parked until its"
        " prescription arrives",
        examples=["received"],
    )
    url: str | None = Field(default=None, description="Where it can be read")


def open_doors(api: Api, desk: Callable[[], Desk]) -> None:
    """Hang both routes on the API."""

    def refuse(error: PharmonicoError, call: Call) -> Response[str] | None:
        return error_message(error, call, at=api.clock.now())

    @api.post(
        "/api/intake",
        Action.SEND_MESSAGE,
        accepts=(*XML, JSON),
        status=202,
        tag="Messages",
        openapi_extensions=contract.INTAKE_BODY,
    )
    def send_message() -> Received:
        """Send a prescription or its cancellation, as SCRIPT XML or as JSON.

        The answer names the prescription; the same message again gets the same answer.
        """
        taken = _receive(api.call, desk())
        if taken.approved is False:
            raise Conflict("cancel.too_late", "The carrier has the parcel; it cannot be cancelled.")
        if taken.order is None:
            return Received(status=PARKED)
        # What the message came to, not where the prescription is by now: a replay answers alike.
        status = Status.RECEIVED if taken.approved is None else Status.CANCELLED
        return Received(id=taken.order.id, status=status, url=_url(taken.order.id))

    @api.post(
        "/api/v1/script",
        Action.SEND_MESSAGE,
        accepts=XML,
        tag="Messages",
        refusal=refuse,
        openapi_extensions=contract.SCRIPT_BODY,
        responses=contract.SCRIPT_ANSWERS,
    )
    def send_script() -> Response[str]:
        """Send a SCRIPT message and be answered in SCRIPT.

        Status 010 accepts a NewRx, CancelRxResponse answers a CancelRx, Error 900 refuses with
        HTTP 200; only bytes that are no readable message get an HTTP problem. A CancelRx that
        comes before its NewRx is accepted (010), and answered when that has arrived.
        """
        taken = _receive(api.call, desk())
        return reply_message(api.call.notes["message"], taken)


def _receive(call: Call, desk: Desk) -> Taken:
    letter = letter_of(call)
    taken = receive(letter, actor=call.actor, correlation_id=call.correlation_id, desk=desk)
    if taken.order and (not isinstance(letter.message.body, CancelRx) or taken.approved):
        call.answer_headers["Location"] = _url(taken.order.id)
    return taken


def _url(order_id: str) -> str:
    return f"{settings().API_URL}/api/v1/prescriptions/{order_id}"
