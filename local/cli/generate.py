"""generate: synthetic patients, prescribers, plans and pharmacies, one JSON object per line."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from local.seed.crowd import crowd
from local.synthetic.patients import patients
from local.synthetic.plans import plans
from local.synthetic.prescribers import prescribers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

SEED = 1


KINDS: dict[str, Callable[[int, int], Iterator[Any]]] = {
    "patients": lambda count, seed: patients(count, seed=seed),
    "pharmacies": lambda count, seed: crowd(count, seed=seed),
    "plans": lambda count, seed: plans(count, seed=seed),
    "prescribers": lambda count, seed: prescribers(count, seed=seed),
}


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    parser = commands.add_parser("generate", help=__doc__)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other people")
    parser.set_defaults(run=run_generate)


def run_generate(options: argparse.Namespace) -> None:
    """Print them as they are made."""
    for entry in KINDS[options.kind](options.count, options.seed):
        print(json.dumps(entry, default=plain, ensure_ascii=False))


def plain(value: Any) -> Any:
    """What JSON does not know: models and records by their fields, dates as text."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)
