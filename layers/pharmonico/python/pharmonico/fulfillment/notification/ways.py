"""By which channels a patient is told, in which order, and what stands in the way of an SMS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.notification.contacts import Stop, number_key
from pharmonico.fulfillment.notification.quiet import quiet_until
from pharmonico.fulfillment.notification.templates import Template

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pharmonico.fulfillment.documents import Enrollment
    from pharmonico.fulfillment.notification.contacts import Contacts, Hours, Wishes
    from pharmonico.fulfillment.notification.content import Channel
    from pharmonico.kit.clock import Clock

Chain = tuple["Channel", ...]
"""Channels of which one is enough, the first to be tried first."""

INVITING = frozenset(
    {
        Template.ENROLLMENT,
        Template.ENROLLMENT_REMINDER,
        Template.VERIFY_INSURANCE,
        Template.UPLOAD_CARD,
    }
)
"""They bring a link that opens once."""

_LIKED: dict[str, tuple[Chain, ...]] = {
    "email": (("email", "sms"),),
    "sms": (("sms", "email"),),
    "both": (("email",), ("sms",)),
}


@dataclass(frozen=True, slots=True)
class Manners:
    """What is known of the people we write to, and the hours in which their phones keep silent."""

    contacts: Contacts
    signing_key: Callable[[], str]
    quiet: Hours | None = None


def chains_of(
    template: Template, wishes: Wishes, channels: frozenset[Channel]
) -> tuple[Chain, ...]:
    """The chains of the channels that there are; a channel alone is a chain for every wish.

    A second invitation would kill the link of the first: whoever wants both gets one of them.
    """
    liked = _LIKED[wishes.channels]
    if template in INVITING and len(liked) > 1:
        liked = _LIKED["email"]
    cut = (tuple(way for way in chain if way in channels) for chain in liked)
    return tuple(chain for chain in cut if chain)


def has_stopped(enrollment: Enrollment, *, manners: Manners) -> bool:
    """Whether the patient's phone said STOP."""
    if not enrollment.contact_phone:
        return False
    number = number_key(enrollment.contact_phone, key=manners.signing_key())
    stop = manners.contacts.stop(number)
    return stop is not None and stop.stopped


def remember_stop(phone: str, *, stopped: bool, manners: Manners, clock: Clock) -> None:
    """What a number said last; nothing but its blind key is kept."""
    number = number_key(phone, key=manners.signing_key())
    manners.contacts.put_stop(Stop(number=number, stopped=stopped, at=clock.now()))


def silent_until(
    template: Template,
    asker: str,
    wishes: Wishes,
    enrollment: Enrollment,
    *,
    manners: Manners,
    now: datetime,
    find_state: Callable[[], str | None],
) -> datetime | None:
    """Until when no SMS may go; None for now, for codes, and for what the patient has asked for."""
    hours = wishes.quiet or manners.quiet
    if hours is None or template is Template.CODE or asker == "patient":
        return None
    state = enrollment.delivery.state if enrollment.delivery else find_state()
    return quiet_until(now, state, hours)
