"""What the portal may show: which pages are saved to anyone with a session, PHI after a code."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.documents import Consent, Delivery, Insurance
from pharmonico.fulfillment.enrollment.codes import code_channel, is_verified
from pharmonico.fulfillment.enrollment.sessions import IDLE_S, seconds_left
from pharmonico.fulfillment.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.documents import Enrollment
    from pharmonico.fulfillment.enrollment.papers import Eligibility
    from pharmonico.fulfillment.enrollment.sessions import Session
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.kit.clock import Clock

CardState = Literal["none", "offered", "accepted"]


class Pages(BaseModel):
    """Which pages are saved."""

    model_config = ConfigDict(frozen=True)

    insurance: bool
    secondary: bool
    delivery: bool
    consent: bool
    card_front: CardState
    card_back: CardState


class CodeView(BaseModel):
    """Whether a code must be confirmed before the full view, and by which channel it comes."""

    model_config = ConfigDict(frozen=True)

    mode: Literal["off", "on_phi", "required"]
    verified: bool
    channel: Literal["email", "sms"]


class SessionView(BaseModel):
    """Seconds until the session ends: by idling, and in any case."""

    model_config = ConfigDict(frozen=True)

    idle_s: int
    absolute_s: int


class Progress(BaseModel):
    """The enrollment without PHI."""

    model_config = ConfigDict(frozen=True)

    reference: str
    status: Literal["open", "submitted", "closed"]
    language: Literal["en", "es"]
    pages: Pages
    code: CodeView
    session: SessionView


class CoverageShown(BaseModel):
    """What the payer said of a coverage: that it exists, not what it pays."""

    model_config = ConfigDict(frozen=True)

    coverage: Literal["primary", "secondary"]
    status: Literal["active", "inactive", "unknown"]
    plan: str
    checked_at: datetime


class Answers(BaseModel):
    """The saved pages as the patient typed them: shown only after the code."""

    model_config = ConfigDict(frozen=True)

    patient_name: str
    drug: str
    prescriber_name: str
    insurance: Insurance | None
    secondary: Insurance | None
    delivery: Delivery | None
    consent: Consent | None
    coverages: tuple[CoverageShown, ...] = ()
    """Asked after the submission, so it may be empty for some seconds."""


class FullProgress(Progress):
    """The enrollment with PHI, for checking the answers."""

    answers: Answers


def progress(
    order: Order,
    enrollment: Enrollment,
    session: Session,
    *,
    otp: str,
    tokens: Tokens,
    clock: Clock,
    verified: bool | None = None,
) -> Progress:
    """The view of every answer of the portal that needs no code.

    `verified` is whether the session's code was confirmed, where that is known already.
    """
    if verified is None:
        verified = is_verified(session, tokens=tokens)
    left = seconds_left(session, clock=clock)
    return Progress.model_validate(
        {
            "reference": order.id,
            "status": _status(order, enrollment),
            "language": enrollment.language,
            "pages": _pages(enrollment),
            "code": {
                "mode": otp,
                "verified": verified,
                "channel": code_channel(session.link_channel, enrollment),
            },
            "session": {"idle_s": min(IDLE_S, left), "absolute_s": left},
        }
    )


def with_answers(
    view: Progress, order: Order, enrollment: Enrollment, coverages: Sequence[Eligibility] = ()
) -> FullProgress:
    """The same view with what the patient typed; the caller has checked the code."""
    answers = Answers(
        patient_name=order.summary.patient_name,
        drug=order.summary.drug,
        prescriber_name=order.summary.prescriber_name,
        insurance=enrollment.insurance,
        secondary=enrollment.secondary,
        delivery=enrollment.delivery,
        consent=enrollment.consent,
        coverages=tuple(
            CoverageShown.model_validate({"coverage": each.key, **each.model_dump()})
            for each in coverages
        ),
    )
    return FullProgress(**dict(view), answers=answers)


def _status(order: Order, enrollment: Enrollment) -> str:
    if enrollment.submitted_at is not None:
        return "submitted"
    return "open" if order.status is Status.AWAITING_ENROLLMENT else "closed"


def _pages(enrollment: Enrollment) -> Pages:
    return Pages(
        insurance=enrollment.insurance is not None,
        secondary=enrollment.secondary is not None,
        delivery=enrollment.delivery is not None,
        consent=enrollment.consent is not None,
        card_front=_card(enrollment, "front"),
        card_back=_card(enrollment, "back"),
    )


def _card(enrollment: Enrollment, side: Literal["front", "back"]) -> CardState:
    if side in enrollment.cards:
        return "accepted"
    return "offered" if side in enrollment.uploads else "none"
