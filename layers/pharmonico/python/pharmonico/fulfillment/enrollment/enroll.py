"""Enrollment: ops invites, the patient fills in page by page and submits.

The event of an invitation says only that one is wanted; the secret of the link is made by whoever
sends it, so that it stands in no event and no table.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment import EnrollmentCompleted, EnrollmentStarted
from pharmonico.fulfillment.documents import (
    Consent,
    Delivery,
    Enrollment,
    Insurance,
    SecondCoverage,
)
from pharmonico.fulfillment.enrollment.consents import check_agreements
from pharmonico.fulfillment.enrollment.links import allow_link
from pharmonico.fulfillment.enrollment.patient import Contact, contact_of
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict, on_conflict_of
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, FieldError, Gone, Invalid, NotFound

if TYPE_CHECKING:
    from typing import Any

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

PageName = Literal["insurance", "delivery", "consent"]
Page = Insurance | SecondCoverage | Delivery | Consent
PAGES: dict[PageName, type[Page]] = {
    "insurance": Insurance,
    "delivery": Delivery,
    "consent": Consent,
}

WAITED_MAX = timedelta(days=1)

_STARTABLE = frozenset({Status.VALIDATED, Status.AWAITING_ENROLLMENT, Status.ENROLLMENT_EXPIRED})


def start_enrollment(
    order_id: str,
    *,
    actor: Actor,
    orders: Orders,
    tokens: Tokens,
    clock: Clock,
    contact: Contact | None = None,
) -> Order:
    """Invite the patient, or send a fresh link to one who was invited before.

    Raises Conflict `enrollment.not_startable`, Invalid `enrollment.no_contact`, and TooMany
    `link.too_soon` or `link.too_many`.
    """
    order, before = orders.get_with(order_id, Enrollment)
    check_startable(order)
    wanted = contact_for(order_id, contact or Contact(), before, orders=orders)
    allow_link(order_id, tokens=tokens)

    def attempt(known: tuple[Order, Enrollment | None]) -> Order:
        order, before = known
        check_startable(order)
        enrollment = _invited(order, before, wanted, actor=actor, clock=clock)
        after, events = _started(order, actor=actor, clock=clock)
        return orders.save(after, events=events, documents=[enrollment])

    return on_conflict_of(
        (order, before), attempt, read=lambda: orders.get_with(order_id, Enrollment)
    )


def save_page(
    order_id: str, page: Page, *, orders: Orders, clock: Clock
) -> tuple[Order, Enrollment]:
    """Keep one page; saving it again replaces it, and no other page is ever lost.

    Raises Invalid `consent.outdated` when other consents were shown than those of today.
    """
    if isinstance(page, Consent):
        check_agreements(page)

    def attempt() -> tuple[Order, Enrollment]:
        order, enrollment = open_enrollment(order_id, orders=orders)
        _check_not_revoked(enrollment)
        saved = enrollment.model_copy(update=_field(page, clock=clock))
        return order, orders.put_document(order_id, saved)

    return on_conflict(attempt)


def submit(order_id: str, *, orders: Orders, clock: Clock) -> tuple[Order, Enrollment]:
    """The patient is done; submitting twice gives the same answer.

    Raises Invalid `enrollment.incomplete` naming every page that is missing, and
    `consent.outdated` where the consents were changed after they were signed.
    """

    def attempt() -> tuple[Order, Enrollment]:
        order, enrollment = find_enrollment(order_id, orders=orders)
        if enrollment.submitted_at is not None:
            return order, enrollment
        _check_open(order, enrollment)
        _check_not_revoked(enrollment)
        _check_complete(enrollment)
        if enrollment.consent is not None:  # other words may be asked for since it was signed
            check_agreements(enrollment.consent)
        done = enrollment.model_copy(update={"submitted_at": clock.now()})
        after = order.moved(Status.AWAITING_ROUTING, at=clock.now(), hold_reason=None)
        event = record(
            EnrollmentCompleted,
            after,
            before=order,
            clock=clock,
            actor=Actor(id=order.patient_id, role="patient"),
        )
        return orders.save(after, events=[event], documents=[done]), done

    return on_conflict(attempt)


def find_enrollment(order_id: str, *, orders: Orders) -> tuple[Order, Enrollment]:
    """The order and its enrollment, in whatever state they are."""
    order, enrollment = orders.get_with(order_id, Enrollment)
    if enrollment is None:
        raise NotFound("enrollment.not_found", "This patient was not invited yet.")
    return order, enrollment


def open_enrollment(order_id: str, *, orders: Orders) -> tuple[Order, Enrollment]:
    """The same, refused when nothing may be changed any more."""
    order, enrollment = find_enrollment(order_id, orders=orders)
    _check_open(order, enrollment)
    return order, enrollment


def check_startable(order: Order) -> None:
    if order.status not in _STARTABLE:
        raise Conflict(
            "enrollment.not_startable",
            f"Enrollment cannot be started while the prescription is {order.status}.",
        )


def _check_open(order: Order, enrollment: Enrollment) -> None:
    if enrollment.submitted_at is not None:
        raise Conflict("enrollment.submitted", "The enrollment was submitted already.")
    if order.status is not Status.AWAITING_ENROLLMENT:
        raise Gone("enrollment.closed", "The enrollment is closed.")


def _check_not_revoked(enrollment: Enrollment) -> None:
    """A session that was being opened when the invitation was taken back ends here."""
    if enrollment.revoked:
        raise Gone("enrollment.closed", "The enrollment is closed.")


def _check_complete(enrollment: Enrollment) -> None:
    missing = tuple(
        FieldError(f"/{page}", "page.missing", "This page was not saved yet.")
        for page in PAGES
        if getattr(enrollment, page) is None
    )
    if missing:
        raise Invalid("enrollment.incomplete", "Some pages are still missing.", missing)


def contact_for(
    order_id: str, given: Contact, before: Enrollment | None, *, orders: Orders
) -> Contact:
    """Where the patient is reached: what is given now, what was known before, what was sent."""
    sent = contact_of(order_id, orders=orders)
    known = [given, _known(before), sent] if before else [given, sent]
    merged = Contact(
        email=next((contact.email for contact in known if contact.email), None),
        phone=next((contact.phone for contact in known if contact.phone), None),
        language=next((contact.language for contact in known if contact.language), None),
    )
    if merged.email is None and merged.phone is None:
        raise Invalid(
            "enrollment.no_contact",
            "The patient has no usable e-mail or phone; give one as `contact`.",
        )
    return merged


def _known(enrollment: Enrollment) -> Contact:
    return Contact(
        email=enrollment.contact_email,
        phone=enrollment.contact_phone,
        language=enrollment.language,
    )


def _invited(
    order: Order, before: Enrollment | None, contact: Contact, *, actor: Actor, clock: Clock
) -> Enrollment:
    """A new enrollment, or the known one with its saved pages and one more link sent."""
    now = clock.now()
    enrollment = before or Enrollment(prescription_id=order.id, started_at=now, started_by=actor.id)
    fresh = before is None or order.status is not Status.AWAITING_ENROLLMENT
    counting = {"invited_at": now, "reminded_day": 0} if fresh else {}
    return enrollment.model_copy(
        update={
            **counting,
            "contact_email": contact.email,
            "contact_phone": contact.phone,
            "language": contact.language or "en",
            "links_sent": enrollment.links_sent + 1,
            "locked": False,
            "revoked": False,
        }
    )


def _started(order: Order, *, actor: Actor, clock: Clock) -> tuple[Order, list[Event[Any]]]:
    """The order awaiting enrollment, with a new execution where the week has to begin anew."""
    after, events = order.changed(at=clock.now(), hold_reason=None), []
    if order.status is Status.ENROLLMENT_EXPIRED:
        after = after.moved(Status.VALIDATED, at=clock.now(), hold_reason=None)
    if after.status is Status.VALIDATED:
        after = after.moved(Status.AWAITING_ENROLLMENT, at=clock.now())
    if order.status is Status.ENROLLMENT_EXPIRED or _is_late(order, clock=clock):
        after, resumed = resume(after, actor=actor, clock=clock)
        events.append(resumed)
    started = record(EnrollmentStarted, after, before=order, clock=clock, actor=actor)
    return after, [*events, started]


def _is_late(order: Order, *, clock: Clock) -> bool:
    """Whether the wait, open since validation, would cut the first invitation's week short."""
    wait = order.wait if order.status is Status.VALIDATED else None
    return wait is not None and clock.now() - wait.opened_at >= WAITED_MAX


def _field(page: Page, *, clock: Clock) -> dict[str, Page | None]:
    """The field the page fills; a signature is dated by our clock, not by the browser's."""
    if isinstance(page, Consent):
        ours = {"signed_at": clock.now(), "verbal": False, "entered_by": None}
        return {"consent": page.model_copy(update=ours)}
    if isinstance(page, SecondCoverage):
        return {"secondary": page.coverage}
    return {"insurance" if isinstance(page, Insurance) else "delivery": page}
