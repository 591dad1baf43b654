"""`python -m bench [--only PREFIX] [--clone]`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bench import (
    clone,
    codec,
    desk,
    engines,
    imports,
    pages,
    pipeline,
    prescription,
    routing,
    sites,
    warm,
)
from bench.plan import Wanted
from bench.results import RESULTS, Result, keep, machine, table
from local.place import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, keep, print; a figure over its target is told, not punished."""
    options = _parser().parse_args(arguments)
    results: list[Result] = []
    try:
        for result in _measure(options):
            print(table([result]), flush=True)
            results.append(result)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    finally:
        keep(results)
    print(f"\n{table(results)}\n\n  {machine()}; kept in {RESULTS.name}")
    return 0


def _measure(options: argparse.Namespace) -> Iterator[Result]:
    wanted = Wanted(options.only)
    if options.clone:
        yield from clone.measure()
        return
    yield from codec.measure(wanted)
    yield from imports.measure(wanted)
    yield from warm.measure_on_memory(wanted)
    yield from routing.measure(wanted)
    yield from sites.measure(wanted)
    yield from desk.measure(wanted)
    yield from pages.measure(wanted)
    yield from prescription.measure(wanted)
    yield from pipeline.measure(wanted)
    yield from engines.measure(wanted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default="", metavar="PREFIX", help="figures of this name only")
    parser.add_argument(
        "--clone", action="store_true", help="time `make demo` in a clean clone, nothing else"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
