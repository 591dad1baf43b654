"""Query: why this ranking, and why not another pharmacy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field

from pharmonico.fulfillment.directory import pharmacy_id_of
from pharmonico.fulfillment.documents import Ranking, RoutingOverride
from pharmonico.fulfillment.routing.gates import FULL, LAW, PHARMACIST, REASONS, refusals
from pharmonico.fulfillment.routing.scoring import DEFAULT_WEIGHTS, POINTS, Policy
from pharmonico.fulfillment.routing.search import weigh
from pharmonico.kit.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.fulfillment.directory import Directory, Pharmacy
    from pharmonico.fulfillment.documents import Candidate, Excluded
    from pharmonico.fulfillment.loads import Loads
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.kit.clock import Clock

NCPDP_DIGITS = 7
Opener = Literal["nobody_needed", "reason", "pharmacist", "nobody"]


class Part(BaseModel):
    """One part of a score: `share` (0 to 1) times `weight` (they add up to 1) gives `points`."""

    share: float
    weight: float
    points: float


class Reason(BaseModel):
    """A gate that is closed, in plain words."""

    code: str
    words: str


class Place(BaseModel):
    """A pharmacy in or outside the ranking; `rank` counts from 1."""

    pharmacy_id: str
    name: str
    rank: int | None = None
    score: float
    miles: float
    parts: dict[str, Part]


class Refused(BaseModel):
    """A pharmacy near the patient that may not fill it."""

    pharmacy_id: str
    name: str
    reasons: list[Reason]


class WhyNot(Place):
    """The pharmacy that was asked about, as the directory has it now.

    `opened_by` says who may choose it all the same: `nobody_needed` for one that is ranked,
    `reason` for ops with a reason, `pharmacist` for a pharmacist with one, `nobody` at all.
    """

    reasons: list[Reason]
    load: int = Field(description="Prescriptions it has taken today")
    capacity: int
    opened_by: Opener


class Decision(BaseModel):
    """A choice against the ranking."""

    pharmacy_id: str
    reason: str
    note: str
    gates: list[Reason]
    by: str
    role: str
    at: datetime


class Routing(BaseModel):
    """The ranking as it was made, by which weights, what was chosen, and the asked pharmacy."""

    policy_version: str
    weights: dict[str, float]
    ranked_at: datetime
    candidates: list[Place]
    excluded: list[Refused]
    selected: str | None = None
    selected_by: str | None = None
    overrides: list[Decision]
    asked: WhyNot | None = None


def explain(
    order_id: str,
    asked: str | None,
    *,
    orders: Orders,
    directory: Directory,
    loads: Loads,
    clock: Clock,
) -> Routing:
    """The latest ranking; `asked` is a pharmacy's id or its NCPDP id. `NotFound` for either."""
    ranking = orders.document(order_id, Ranking)
    if ranking is None:
        raise NotFound("routing.not_found", "The pharmacies have not been ranked yet.")
    weights = ranking.weights or DEFAULT_WEIGHTS
    return Routing(
        policy_version=ranking.policy_version,
        weights=weights,
        ranked_at=ranking.ranked_at,
        candidates=[
            _place(candidate, weights, rank)
            for rank, candidate in enumerate(ranking.candidates, start=1)
        ],
        excluded=[_refused(entry) for entry in ranking.excluded],
        selected=ranking.selected,
        selected_by=ranking.selected_by,
        overrides=[_decision(each) for each in orders.documents(order_id, RoutingOverride)],
        asked=_why_not(asked, ranking, directory, loads, clock) if asked else None,
    )


def _why_not(
    asked: str, ranking: Ranking, directory: Directory, loads: Loads, clock: Clock
) -> WhyNot:
    pharmacy = _asked(asked, directory)
    if ranking.need is None:
        raise NotFound("routing.not_found", "Nobody knows where the patient lives.")
    need = ranking.need.model_copy(update={"at": clock.now()})
    day = pharmacy.hours.local(need.at).date()
    load = loads.taken({pharmacy.pharmacy_id: day}).get(pharmacy.pharmacy_id, 0)
    return _judged(pharmacy, need, ranking, load)


def _judged(pharmacy: Pharmacy, need: Need, ranking: Ranking, load: int) -> WhyNot:
    ids = [candidate.pharmacy_id for candidate in ranking.candidates]
    rank = ids.index(pharmacy.pharmacy_id) + 1 if pharmacy.pharmacy_id in ids else None
    weights = ranking.weights or DEFAULT_WEIGHTS
    policy = Policy(version=ranking.policy_version, weights=weights)
    weighed = weigh(pharmacy, need, policy, load=load)
    codes = refusals(pharmacy, need, load=load)
    return WhyNot(
        **_place(weighed, weights, rank).model_dump(),
        reasons=_reasons(codes),
        load=load,
        capacity=pharmacy.capacity,
        opened_by=_opened_by(set(codes), rank),
    )


def _opened_by(codes: set[str], rank: int | None) -> Opener:
    if codes & LAW or FULL in codes:
        return "nobody"
    if codes & PHARMACIST:
        return "pharmacist"
    return "reason" if codes or rank is None else "nobody_needed"


def _asked(asked: str, directory: Directory) -> Pharmacy:
    is_ncpdp_id = len(asked) == NCPDP_DIGITS and asked.isascii() and asked.isdigit()
    pharmacy = directory.pharmacy(pharmacy_id_of(asked) if is_ncpdp_id else asked)
    if pharmacy is None:
        raise NotFound("pharmacy.not_found", "There is no such pharmacy.")
    return pharmacy


def _place(candidate: Candidate, weights: Mapping[str, float], rank: int | None) -> Place:
    return Place(
        pharmacy_id=candidate.pharmacy_id,
        name=candidate.name,
        rank=rank,
        score=candidate.score,
        miles=candidate.miles,
        parts={
            name: Part(share=share, weight=weights[name], points=POINTS * weights[name] * share)
            for name, share in candidate.parts.items()
            if name in weights
        },
    )


def _refused(entry: Excluded) -> Refused:
    return Refused(pharmacy_id=entry.pharmacy_id, name=entry.name, reasons=_reasons(entry.reasons))


def _decision(override: RoutingOverride) -> Decision:
    facts = override.model_dump(include={"pharmacy_id", "reason", "note", "by", "role", "at"})
    return Decision(**facts, gates=_reasons(override.gates))


def _reasons(codes: tuple[str, ...]) -> list[Reason]:
    """A code that has left the list since is its own words."""
    return [Reason(code=code, words=REASONS.get(code, code)) for code in codes]
