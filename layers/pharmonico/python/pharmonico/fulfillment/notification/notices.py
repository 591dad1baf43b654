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
from pharmonico.fulfillment.enrollment.patient import state_of
from pharmonico.fulfillment.notification.content import (
    Channel,
    addresses_of,
    template_of,
    values_of,
)
from pharmonico.fulfillment.notification.templates import Template, render
from pharmonico.fulfillment.notification.ways import (
    chains_of,
    has_stopped,
    remember_stop,
    silent_until,
)
from pharmonico.kit.errors import Rejected, Unavailable, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.notification.contacts import Wishes
    from pharmonico.fulfillment.notification.templates import Language, Message
    from pharmonico.fulfillment.notification.ways import Chain, Manners
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

LEASE = timedelta(seconds=45)
"""How long a message may be on its way before its sender counts as dead: longer than the
function may run, shorter than the pause before the event is delivered again."""

Result = Literal["sent", "refused", "unavailable"]
STOPPED = "sms.stopped"


class QuietHours(Unavailable):
    """Only an SMS would do, and phones keep silent until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__("notice.quiet_hours", "The message waits for the morning.")
        self.until = until


class Sender(Protocol):
    """One channel to patients."""

    def send(self, to: str, message: Message) -> str:
        """Send and answer the provider's id; `Rejected` for good, `Unavailable` for now."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What telling a patient takes: records, secrets, channels, manners, the time, the portal."""

    orders: Orders
    tokens: Tokens
    senders: Mapping[Channel, Sender]
    manners: Manners
    clock: Clock
    portal_url: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One message to one patient because of one event."""

    event: Event[Any]
    order: Order
    enrollment: Enrollment
    template: Template
    wishes: Wishes

    @property
    def language(self) -> Language:
        return self.wishes.language or self.enrollment.language


def notify(event: Event[Any], *, desk: Desk) -> Channel | None:
    """Send what the event calls for; answers the channel it went by, None when nobody was told.

    Raises `Unavailable` so that the event comes again when a channel may work later, which is
    `QuietHours` where it is known when.
    """
    telling = _telling(event, desk=desk)
    if telling is None:
        return None
    addresses = _addresses(telling, desk=desk)
    known = _known(telling, desk=desk)
    told: list[Channel] = []
    troubles: list[Unavailable] = []
    for chain in chains_of(telling.template, telling.wishes, frozenset(addresses)):
        try:
            told += _by_one_of(chain, telling, addresses, known, desk=desk)
        except Unavailable as trouble:
            troubles.append(trouble)
    if troubles:
        raise min(troubles, key=lambda trouble: isinstance(trouble, QuietHours))
    return told[0] if told else None


def _telling(event: Event[Any], *, desk: Desk) -> Telling | None:
    order, enrollment = desk.orders.get_with(event.data.prescription_id, Enrollment)
    template = template_of(event, order)
    if template is None or enrollment is None:
        return None
    wishes = desk.manners.contacts.wishes(order.patient_id)
    return Telling(event, order, enrollment, template, wishes)


def _addresses(telling: Telling, *, desk: Desk) -> dict[Channel, str]:
    """A code has one channel and no other: it must not be one that brings nothing."""
    reached = telling.enrollment
    if (
        telling.template is Template.CODE
        and reached.contact_email
        and has_stopped(reached, manners=desk.manners)
    ):
        reached = reached.model_copy(update={"contact_phone": None})
    return addresses_of(
        telling.template, telling.event, reached, tokens=desk.tokens, clock=desk.clock
    )


def _by_one_of(
    chain: Chain,
    telling: Telling,
    addresses: dict[Channel, str],
    known: Mapping[Channel, Notice],
    *,
    desk: Desk,
) -> list[Channel]:
    """The channel that took it, or none when all refused for good."""
    if sent := [way for way in chain if way in known and known[way].status == "sent"]:
        return sent[:1]
    results: list[Result] = []
    for channel in chain:
        until = _silent_until(telling, desk=desk) if channel == "sms" else None
        if until is not None and "unavailable" not in results:
            raise QuietHours(until)
        if until is None:
            notice = _claim(telling, channel, known.get(channel), desk=desk)
            results.append(_send(telling, notice, addresses[channel], desk=desk))
        if results[-1] == "sent":
            return [channel]
    if "unavailable" in results:
        raise Unavailable("notice.not_sent", "No channel took the message; it will be sent again.")
    return []


def _silent_until(telling: Telling, *, desk: Desk) -> datetime | None:
    return silent_until(
        telling.template,
        telling.event.meta.actor.role,
        telling.wishes,
        telling.enrollment,
        manners=desk.manners,
        now=desk.clock.now(),
        find_state=lambda: state_of(telling.order.id, orders=desk.orders),
    )


def _known(telling: Telling, *, desk: Desk) -> dict[Channel, Notice]:
    """What is on record of this event, in one read for all channels."""
    found = desk.orders.documents(telling.order.id, Notice, _key(telling, ""))
    return {notice.channel: notice for notice in found}


def _key(telling: Telling, channel: str) -> str:
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
    if notice.channel == "sms" and has_stopped(telling.enrollment, manners=desk.manners):
        return _mark(telling, notice, "refused", desk=desk, problem=STOPPED)
    try:
        provider_id = desk.senders[notice.channel].send(
            address, _compose(telling, notice.channel, desk=desk)
        )
    except Rejected as refused:
        if refused.code == STOPPED:
            remember_stop(address, stopped=True, manners=desk.manners, clock=desk.clock)
        return _mark(telling, notice, "refused", desk=desk, problem=refused.code)
    except Unavailable as trouble:
        return _mark(telling, notice, "unavailable", desk=desk, problem=trouble.code)
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
    return render(telling.template, telling.language, values)


def _mark(
    telling: Telling,
    notice: Notice,
    result: Result,
    *,
    desk: Desk,
    provider_id: str | None = None,
    problem: str | None = None,
) -> Result:
    status = "sent" if result == "sent" else "failed"
    outcome = {"status": status, "provider_id": provider_id, "problem": problem}
    update = {**outcome, "sent_at": desk.clock.now()}
    desk.orders.put_document(telling.order.id, notice.model_copy(update=update))
    return result


def _being_sent() -> Unavailable:
    return Unavailable("notice.being_sent", "This message is being sent at this moment.")
