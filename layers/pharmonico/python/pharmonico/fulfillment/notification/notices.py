"""Telling the patient: one message per event and channel, the second channel when one fails.

At least once, on purpose: a lost link or receipt strands a patient, a double one does not. A
notice is put on record before its message goes out and marked after, so that a repeated event
finds it sent and one that is handled twice at the same moment waits its turn; only a process that
dies between the provider's yes and our mark sends twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pharmonico.fulfillment.documents import Enrollment, Notice
from pharmonico.fulfillment.notification.content import (
    Channel,
    addresses_of,
    template_of,
    values_of,
)
from pharmonico.fulfillment.notification.templates import render
from pharmonico.kit.errors import Rejected, Unavailable, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.notification.templates import Message, Template
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

LEASE = timedelta(seconds=45)
"""How long a message may be on its way before its sender counts as dead: longer than the
function may run, shorter than the pause before the event is delivered again."""

Result = Literal["sent", "refused", "unavailable"]


class Sender(Protocol):
    """One channel to patients."""

    def send(self, to: str, message: Message) -> str:
        """Send and answer the provider's id; `Rejected` for good, `Unavailable` for now."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What telling a patient takes: records, secrets, channels, the time and the portal."""

    orders: Orders
    tokens: Tokens
    senders: Mapping[Channel, Sender]
    clock: Clock
    portal_url: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One message to one patient because of one event."""

    event: Event[Any]
    order: Order
    enrollment: Enrollment
    template: Template


def notify(event: Event[Any], *, desk: Desk) -> Channel | None:
    """Send what the event calls for; answers the channel it went by, None when nobody was told.

    Raises `Unavailable` so that the event comes again when a channel may work later.
    """
    order = desk.orders.get(event.data.prescription_id)
    enrollment = desk.orders.document(order.id, Enrollment)
    template = template_of(event, order)
    if template is None or enrollment is None:
        return None
    telling = Telling(event, order, enrollment, template)
    addresses = addresses_of(template, event, enrollment, tokens=desk.tokens, clock=desk.clock)
    known = {channel: _known(telling, channel, desk=desk) for channel in addresses}
    for channel, notice in known.items():
        if notice is not None and notice.status == "sent":
            return channel
    return _first_that_works(telling, addresses, known, desk=desk)


def _first_that_works(
    telling: Telling,
    addresses: dict[Channel, str],
    known: dict[Channel, Notice | None],
    *,
    desk: Desk,
) -> Channel | None:
    results: list[Result] = []
    for channel, address in addresses.items():
        notice = _claim(telling, channel, known[channel], desk=desk)
        results.append(_send(telling, notice, address, desk=desk))
        if results[-1] == "sent":
            return channel
    if "unavailable" in results:
        raise Unavailable("notice.not_sent", "No channel took the message; it will be sent again.")
    return None


def _known(telling: Telling, channel: Channel, *, desk: Desk) -> Notice | None:
    return desk.orders.document(telling.order.id, Notice, _key(telling, channel))


def _key(telling: Telling, channel: Channel) -> str:
    return f"{telling.event.meta.event_id}#{channel}"


def _claim(telling: Telling, channel: Channel, known: Notice | None, *, desk: Desk) -> Notice:
    """Put the notice on record as on its way; `Unavailable` while somebody else is sending it."""
    now = desk.clock.now()
    if known is not None and known.status == "sending" and now - known.sent_at < LEASE:
        raise _being_sent()
    notice = Notice(
        key=_key(telling, channel),
        version=known.version if known else 0,
        event_id=telling.event.meta.event_id,
        template=telling.template,
        channel=channel,
        status="sending",
        sent_at=now,
    )
    try:
        return desk.orders.put_document(telling.order.id, notice)
    except VersionConflict:
        raise _being_sent() from None


def _send(telling: Telling, notice: Notice, address: str, *, desk: Desk) -> Result:
    try:
        provider_id = desk.senders[notice.channel].send(
            address, _compose(telling, notice.channel, desk=desk)
        )
    except Rejected:
        return _mark(telling, notice, "refused", desk=desk)
    except Unavailable:
        return _mark(telling, notice, "unavailable", desk=desk)
    return _mark(telling, notice, "sent", desk=desk, provider_id=provider_id)


def _compose(telling: Telling, channel: Channel, *, desk: Desk) -> Message:
    values = values_of(
        telling.template,
        telling.event,
        telling.order,
        channel,
        orders=desk.orders,
        tokens=desk.tokens,
        portal_url=desk.portal_url,
    )
    return render(telling.template, telling.enrollment.language, values)


def _mark(
    telling: Telling, notice: Notice, result: Result, *, desk: Desk, provider_id: str | None = None
) -> Result:
    status = "sent" if result == "sent" else "failed"
    update = {"status": status, "provider_id": provider_id, "sent_at": desk.clock.now()}
    desk.orders.put_document(telling.order.id, notice.model_copy(update=update))
    return result


def _being_sent() -> Unavailable:
    return Unavailable("notice.being_sent", "This message is being sent at this moment.")
