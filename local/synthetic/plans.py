"""Plans of invented payers, each in one of the networks that pharmacies belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.directory import Plan

from local.seed.plans import COMMERCIAL, MEDICARE, NARROW
from local.synthetic.draws import dice_of, weighted

if TYPE_CHECKING:
    from collections.abc import Iterator

BINS = 1000
_PAYERS = ("Alder", "Beacon", "Cedar", "Delta", "Ember", "Fjord", "Garnet", "Harbor", "Indigo")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class _Kind:
    words: str
    share: float
    is_federal: bool
    networks: tuple[str, ...]


_KINDS = (
    _Kind("Commercial", 0.55, is_federal=False, networks=(COMMERCIAL, NARROW)),
    _Kind("Medicare Part D", 0.25, is_federal=True, networks=(MEDICARE,)),
    _Kind("Medicaid", 0.15, is_federal=True, networks=(MEDICARE, NARROW)),
    _Kind("TRICARE", 0.05, is_federal=True, networks=(COMMERCIAL,)),
)


def plan(number: int, *, seed: int = 1) -> Plan:
    """One plan; BIN, PCN and group are its number, so that no two are the same."""
    dice = dice_of("plan", seed, number)
    kind = weighted(dice, {kind: kind.share for kind in _KINDS})
    return Plan(
        bin=f"999{number % BINS:03d}",
        pcn=f"SYN{number // BINS:04d}{dice.choice(_LETTERS)}",
        group=f"SG{number:06d}",
        name=f"Synthetic {dice.choice(_PAYERS)} {kind.words} {number}",
        network=dice.choice(kind.networks),
        federal=kind.is_federal,
    )


def plans(count: int, *, seed: int = 1) -> Iterator[Plan]:
    """So many plans, made one by one."""
    return (plan(number, seed=seed) for number in range(count))
