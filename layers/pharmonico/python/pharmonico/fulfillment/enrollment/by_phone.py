"""Enrollment on the phone: staff take down what the patient says, and say who, when and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pharmonico.events.fulfillment import EnrollmentCompleted
from pharmonico.fulfillment.documents import Consent, Delivery, Enrollment, Insurance
from pharmonico.fulfillment.enrollment.agreements import Agreement, Relationship
from pharmonico.fulfillment.enrollment.consents import consents
from pharmonico.fulfillment.enrollment.enroll import check_startable, contact_for
from pharmonico.fulfillment.enrollment.links import kill_link
from pharmonico.fulfillment.enrollment.patient import Contact
from pharmonico.fulfillment.enrollment.sessions import close_sessions
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from typing import Any

    from pharmonico.events.envelope import Actor, Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock


class VerbalConsent(BaseModel):
    """Whoever agreed on the phone, after the consents were read out in `language`."""

    model_config = ConfigDict(frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=70)]
    signer: Literal["self", "caregiver", "guardian"] = "self"
    relationship: Relationship | None = None
    language: Literal["en", "es"] = "en"
    treatment: Literal[True]
    privacy: Literal[True]


class Told(BaseModel):
    """Everything the portal would ask for; staff make sure before who is speaking."""

    model_config = ConfigDict(frozen=True)

    insurance: Insurance
    secondary: Insurance | None = None
    delivery: Delivery
    consent: VerbalConsent
    contact: Contact | None = None


def enroll_by_phone(
    order_id: str, told: Told, *, actor: Actor, orders: Orders, tokens: Tokens, clock: Clock
) -> Order:
    """Enter and submit in one write; a link that is out and a session that is open end.

    Raises Conflict `enrollment.submitted` or `enrollment.not_startable`, and Invalid
    `enrollment.no_contact`: later messages need an address.
    """
    known = orders.document(order_id, Enrollment)
    contact = contact_for(order_id, told.contact or Contact(), known, orders=orders)

    def attempt() -> Order:
        order = orders.get(order_id)
        before = orders.document(order_id, Enrollment)
        if before is not None and before.submitted_at is not None:
            raise Conflict("enrollment.submitted", "The enrollment was submitted already.")
        check_startable(order)
        enrollment = _entered(order, before, told, contact, actor=actor, clock=clock)
        after, events = _submitted(order, actor=actor, clock=clock)
        return orders.save(after, events=events, documents=[enrollment])

    order = on_conflict(attempt)
    kill_link(order_id, tokens=tokens)
    close_sessions(order_id, tokens=tokens)
    return order


def _entered(
    order: Order,
    before: Enrollment | None,
    told: Told,
    contact: Contact,
    *,
    actor: Actor,
    clock: Clock,
) -> Enrollment:
    now = clock.now()
    enrollment = before or Enrollment(prescription_id=order.id, started_at=now, started_by=actor.id)
    return enrollment.model_copy(
        update={
            "contact_email": contact.email,
            "contact_phone": contact.phone,
            "language": contact.language or told.consent.language,
            "insurance": told.insurance,
            "secondary": told.secondary,
            "delivery": told.delivery,
            "consent": _said(told.consent, actor=actor, clock=clock),
            "submitted_at": now,
        }
    )


def _said(verbal: VerbalConsent, *, actor: Actor, clock: Clock) -> Consent:
    """The consent as it was given: to the words of today, which are read out."""
    return Consent(
        signed_name=verbal.name,
        signer=verbal.signer,
        relationship=verbal.relationship,
        treatment=verbal.treatment,
        privacy=verbal.privacy,
        agreements=tuple(
            Agreement(id=each.id, version=each.version, text_hash=each.text_hash)
            for each in consents(verbal.language)
        ),
        signed_at=clock.now(),
        verbal=True,
        entered_by=actor.id,
    )


def _submitted(order: Order, *, actor: Actor, clock: Clock) -> tuple[Order, list[Event[Any]]]:
    """Past its wait at once; one that had expired gets a new execution there."""
    after, now = order, clock.now()
    if order.status is Status.ENROLLMENT_EXPIRED:
        after = after.moved(Status.VALIDATED, at=now)
    if after.status is Status.VALIDATED:
        after = after.moved(Status.AWAITING_ENROLLMENT, at=now)
    after = after.moved(Status.AWAITING_ROUTING, at=now, hold_reason=None)
    events: list[Event[Any]] = []
    if order.status is Status.ENROLLMENT_EXPIRED:
        after, resumed = resume(after, actor=actor, clock=clock)
        events.append(resumed)
    done = record(EnrollmentCompleted, after, before=order, clock=clock, actor=actor)
    return after, [*events, done]
