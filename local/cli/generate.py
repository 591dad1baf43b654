"""generate: synthetic people, plans, pharmacies and SCRIPT messages, one JSON object per line."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmonico.kit.clock import SystemClock
from pydantic import BaseModel

from local.seed.crowd import crowd
from local.synthetic.clinical import Clinician
from local.synthetic.patients import patients
from local.synthetic.plans import plans
from local.synthetic.prescribers import prescribers
from local.synthetic.scripts import TYPES, scripts

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

SEED = 1


PRESCRIPTIONS = "prescriptions"

KINDS: dict[str, Callable[[int, int], Iterator[Any]]] = {
    "patients": lambda count, seed: patients(count, seed=seed),
    "pharmacies": lambda count, seed: crowd(count, seed=seed),
    "plans": lambda count, seed: plans(count, seed=seed),
    "prescribers": lambda count, seed: prescribers(count, seed=seed),
}


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    parser = commands.add_parser("generate", help=__doc__)
    parser.add_argument("kind", choices=sorted((*KINDS, PRESCRIPTIONS)))
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other people")
    parser.add_argument(
        "--day", type=date.fromisoformat, help="when prescriptions are written (today)"
    )
    parser.add_argument(
        "--gemini", action="store_true", help="ask Gemini what is prescribed (GEMINI_API_KEY)"
    )
    parser.add_argument("--into", type=Path, help="a folder for prescriptions, a file for each")
    parser.set_defaults(run=run_generate)


def run_generate(options: argparse.Namespace) -> None:
    """Print them as they are made."""
    if options.kind == PRESCRIPTIONS:
        return _messages(options)
    for entry in KINDS[options.kind](options.count, options.seed):
        print(json.dumps(entry, default=plain, ensure_ascii=False))
    return None


def _messages(options: argparse.Namespace) -> None:
    """The same seed and day give the same bytes, unless Gemini is asked."""
    day = options.day or SystemClock().now().date()
    clinician = _clinician(options) if options.gemini else None
    if options.into:
        options.into.mkdir(parents=True, exist_ok=True)
    clinical = clinician or (lambda found: found)
    for sent in scripts(options.count, seed=options.seed, day=day, clinical=clinical):
        kind = TYPES[sent.case.kind]
        if options.into:
            name = f"{sent.case.number:06d}-{sent.case.kind}.xml"
            (options.into / name).write_bytes(sent.xml)
        else:
            line = {"message_id": sent.message_id, "type": kind, "xml": sent.xml.decode()}
            print(json.dumps(line))
    if clinician:
        told = f"Gemini was asked {clinician.asked} times, {clinician.refused} answers did not pass"
        print(told, file=sys.stderr)


def _clinician(options: argparse.Namespace) -> Clinician:
    from local.synthetic.gemini import gemini  # noqa: PLC0415 - a library that few ask for

    return Clinician(gemini(), seed=options.seed)


def plain(value: Any) -> Any:
    """What JSON does not know: models and records by their fields, dates as text."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)
