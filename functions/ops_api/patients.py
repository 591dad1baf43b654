"""`/api/v1/patients/maybe-the-same`: records that may be one person, and what staff say."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body, Query
from pharmonico.lambdas.http.auditing import lists_shown_to
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor
from pydantic import BaseModel, Field

from functions.ops_api.api import api, audited, unless_known

if TYPE_CHECKING:
    from pharmonico.fulfillment.patients.papers import Pair, Person

TAG = "patients"
_PATH = "/api/v1/patients/maybe-the-same"


class Half(BaseModel):
    """One of two records, as its last prescription named the patient."""

    patient_id: str
    first_name: str
    last_name: str
    suffix: str
    born: str
    sex: str
    line1: str
    postal_code: str
    phones: list[str]


class Part(BaseModel):
    """The points of one part of the score, and the most it could have had."""

    part: str
    points: float
    most: float


class MaybeTheSame(BaseModel):
    """Two records side by side; `score` is 0 to 100, `prescription_id` what raised the question."""

    pair_id: str
    score: int
    likelihood: Literal["likely", "possible"]
    breakdown: list[Part]
    people: list[Half]
    prescription_id: str
    found_at: datetime


class Pairs(BaseModel):
    """A page of the queue."""

    items: list[MaybeTheSame]
    next_cursor: str | None = None


class Verdict(BaseModel):
    """What was found out, and how; nothing is merged either way."""

    verdict: Literal["same", "different"]
    reason: Annotated[str, Field(min_length=3, max_length=500)]


class Decided(BaseModel):
    """The pair is off the queue."""

    pair_id: str
    verdict: Literal["same", "different"]
    decided_at: datetime


@api.get(_PATH, Action.READ_PATIENTS, tag=TAG)
def list_maybe_the_same(
    *,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> Pairs:
    """Pairs of records that may be one person, until somebody has said."""
    key = secrets().signing_key
    after = read_cursor(cursor, scope=TAG, key=key)
    page = aws.patients().open_pairs(limit=limit, after=after)
    shown = Pairs(
        items=[_shown(pair) for pair in page.items],
        next_cursor=write_cursor(page.next_after, scope=TAG, key=key),
    )
    unless_known(shown)
    if page.items:
        day = lists_shown_to(api.call, clock=aws.CLOCK)
        audited("patients_listed", day, shown=" ".join(pair.key for pair in page.items))
    return shown


@api.post(f"{_PATH}/<pair_id>", Action.DECIDE_PATIENTS, idempotent=True, tag=TAG)
def decide_maybe_the_same(pair_id: str, command: Annotated[Verdict, Body()]) -> Decided:
    """Say whether the two are one person. "Same" lets each record's history count for the other."""
    from pharmonico.fulfillment.patients.deciding import (  # noqa: PLC0415 - for this route alone
        decide,
    )

    try:
        pair = decide(
            pair_id,
            verdict=command.verdict,
            reason=command.reason,
            actor=api.call.actor,
            patients=aws.patients(),
            clock=aws.CLOCK,
        )
    except Rejected as refusal:
        audited("patients_decided", pair_id, outcome=refusal.code)
        raise
    for patient in pair.patient_ids:
        audited("patients_decided", patient, pair=pair.key, verdict=command.verdict)
    return Decided(pair_id=pair.key, verdict=command.verdict, decided_at=aws.CLOCK.now())


def _shown(pair: "Pair") -> MaybeTheSame:
    from pharmonico.fulfillment.patients.matching import (  # noqa: PLC0415 - for this route alone
        LIKELY_FROM,
    )

    halves = zip(pair.patient_ids, pair.people, strict=True)
    parts = pair.breakdown.items()
    return MaybeTheSame(
        pair_id=pair.key,
        score=pair.score,
        likelihood="likely" if pair.score >= LIKELY_FROM else "possible",
        breakdown=[Part(part=name, points=points, most=most) for name, (points, most) in parts],
        people=[_half(patient_id, person) for patient_id, person in halves],
        prescription_id=pair.prescription_id,
        found_at=pair.found_at,
    )


def _half(patient_id: str, person: "Person") -> Half:
    return Half(patient_id=patient_id, **person.model_dump())
