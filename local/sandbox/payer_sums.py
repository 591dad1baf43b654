"""What members and plans have paid, added up from the answers that the switch has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from local.sandbox.state import Json

PAID, TAKEN_BACK = frozenset({"P", "D"}), frozenset({"A", "D", "S"})
BILLS, REVERSES = frozenset({"B1", "B3"}), "B2"


@dataclass(frozen=True, slots=True)
class Sum:
    """One member of one plan; claims that were taken back count for nothing."""

    bin: str
    pcn: str
    member_id: str
    fills: int = 0
    plan_minor: int = 0
    patient_minor: int = 0
    deductible_minor: int = 0


def standing(claim: Json) -> Json | None:
    """The exchange by which the claim is paid now, if it is."""
    paid = None
    for said in claim["history"]:
        if said["code"] in BILLS and said["status"] in PAID:
            paid = said
        elif said["code"] == REVERSES and said["status"] in TAKEN_BACK:
            paid = None
    return paid


def sums(claims: Iterable[Json]) -> list[Sum]:
    """By plan and member."""
    found: dict[tuple[str, str, str], Sum] = {}
    for claim in claims:
        paid = standing(claim)
        key = (claim["bin"], claim["pcn"], claim["member_id"])
        before = found.get(key, Sum(*key))
        found[key] = before if paid is None else _plus(before, paid)
    return [found[key] for key in sorted(found)]


def _plus(before: Sum, paid: Json) -> Sum:
    return Sum(
        before.bin,
        before.pcn,
        before.member_id,
        fills=before.fills + 1,
        plan_minor=before.plan_minor + (paid["total_paid_minor"] or 0),
        patient_minor=before.patient_minor + (paid["patient_pay_minor"] or 0),
        deductible_minor=before.deductible_minor + (paid.get("deductible_minor") or 0),
    )
