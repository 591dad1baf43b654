"""`pharmonico`: the local cloud and the prescriptions in it, from the command line."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from local.cli import (
    audit,
    clock,
    cloud,
    demo,
    generate,
    imports,
    invoke,
    load,
    logs,
    prescriptions,
    search,
    webhooks,
)
from local.engine.registry import ENGINES, place_of
from local.environment import given
from local.place import LocalError, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUPS = (
    cloud,
    prescriptions,
    imports,
    generate,
    clock,
    logs,
    invoke,
    load,
    demo,
    webhooks,
    audit,
    search,
)
INTERRUPTED = 130
MISTAKEN = 2


class Parser(argparse.ArgumentParser):
    """Says a mistake in one line, as everything else that can be mended is said."""

    def error(self, message: str) -> NoReturn:
        """Name the mistake and where the right way stands."""
        self.exit(MISTAKEN, f"pharmonico: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what a developer can mend is said in one line."""
    try:
        options = parser().parse_args(arguments)
        options.place = place_of(options.engine or given("ENGINE"), data=options.data)
        return int(options.run(options) or 0)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    except (httpx.HTTPError, BotoCoreError, ClientError) as error:
        print(f"pharmonico: {puzzled(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our lines has had enough of them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def puzzled(error: Exception) -> str:
    """The one line for an engine that answers late or oddly: busy, stopping, or half started."""
    said = " ".join(str(error).split()) or type(error).__name__
    return f"the local cloud did not answer as it should ({said}): try again, or make up"


def parser() -> argparse.ArgumentParser:
    """Every command, as the modules of this package declare them."""
    top = Parser(prog="pharmonico", description=__doc__)
    top.add_argument(
        "--data",
        default=Place().data,
        type=lambda folder: Path(folder).resolve(),
        help="the local cloud's data folder (.local in the clone)",
    )
    top.add_argument(
        "--engine",
        default="",
        metavar="NAME",
        help=f"{', '.join(ENGINES)}; ENGINE says the same",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.declare(commands)
    return top
