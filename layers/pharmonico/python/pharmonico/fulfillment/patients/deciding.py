"""Command: a person says whether two records are one person; nothing is merged either way.

"Same" links the two records: each one's history counts for the other from then on, and both stay
what they are. "Different" takes the pair off the queue and links nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.patients.papers import LINKED_MAX, Decision
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Conflict, FieldError, Invalid, NotFound

if TYPE_CHECKING:
    from typing import Literal

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.patients.papers import Pair, PatientRecord
    from pharmonico.fulfillment.patients.ports import Patients
    from pharmonico.kit.clock import Clock


def decide(
    key: str,
    *,
    verdict: Literal["same", "different"],
    reason: str,
    actor: Actor,
    patients: Patients,
    clock: Clock,
) -> Pair:
    """Keep the decision; `NotFound` for a pair that is not (or no more) open, `Conflict` where a
    record is linked to as many others as are read with it."""
    if not reason.strip():
        error = FieldError("/reason", "note.required", "Say how you know, in a few words.")
        raise Invalid("patients.reason_required", "A decision needs a reason.", (error,))

    def attempt() -> Pair:
        pair = patients.open_pair(key)
        if pair is None:
            raise NotFound("patients.no_pair", "This pair is not open.")
        said = Decision(
            verdict=verdict,
            reason=reason.strip(),
            by=actor.id,
            role=actor.role,
            at=clock.now(),
        )
        decided = pair.model_copy(update={"decision": said})
        patients.decide(decided, _linked(pair, patients) if verdict == "same" else ())
        return decided

    return on_conflict(attempt)


def _linked(pair: Pair, patients: Patients) -> list[PatientRecord]:
    """Both records, each knowing the other."""
    one, other = pair.patient_ids
    records = []
    for mine, theirs in ((one, other), (other, one)):
        record = patients.record(mine)
        if record is None:
            continue
        links = tuple(dict.fromkeys((*record.same_as, theirs)))
        if len(links) > LINKED_MAX:
            raise Conflict("patients.too_many_links", "The record has too many others already.")
        records.append(record.model_copy(update={"same_as": links}))
    return records
