"""`pharmonico`: the local cloud and the prescriptions in it, from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from local.cli import clock, cloud, demo, logs, prescriptions
from local.place import LocalError, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUPS = (cloud, prescriptions, clock, logs, demo)
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what a developer can mend is said in one line."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """Every command, as the modules of this package declare them."""
    top = argparse.ArgumentParser(prog="pharmonico", description=__doc__)
    top.set_defaults(place=Place())
    top.add_argument(
        "--data",
        dest="place",
        type=lambda folder: Place(Path(folder).resolve()),
        help="the local cloud's data folder (.local in the clone)",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.declare(commands)
    return top
