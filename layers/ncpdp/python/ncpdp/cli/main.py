"""Arguments in, one of the commands, an exit code out: 0 ok, 1 findings, 2 unreadable."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from ncpdp.cli.commands import COMMANDS
from ncpdp.cli.output import answer, json_line, say, shown
from ncpdp.errors import InvalidValue, NcpdpError

if TYPE_CHECKING:
    from collections.abc import Sequence

UNREADABLE = 2
FORMS = "a message or its JSON form; - is standard input"
HELP = {
    "parse": "the JSON form of a message",
    "write": "the message of a JSON form",
    "check": "the findings on a message; exit 1 when one is an error",
    "explain": "a page about a message for people",
    "convert": "the message as another version, or as JSON",
    "diff": "what differs between two messages; exit 1 when something does",
}


class _Parser(argparse.ArgumentParser):
    """Wrong arguments are an error like any other, so that `--json` holds for them too."""

    def error(self, message: str) -> NoReturn:
        raise InvalidValue(f"{message.capitalize()}.", code="arguments")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; whatever goes wrong is one line (or one object) on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = _parser().parse_args(given)
        code, output = COMMANDS[options.command](options)
        answer(output)
    except NcpdpError as error:
        return _failed(error, as_json="--json" in given)
    return code


def _failed(error: NcpdpError, *, as_json: bool) -> int:
    where = f" ({error.path})" if error.path else ""
    if as_json:
        details = [
            {"path": one.path, "code": one.code, "message": one.sentence} for one in error.details
        ]
        say(
            json_line(
                {
                    "code": error.code,
                    "path": error.path,
                    "message": error.sentence,
                    "details": details,
                }
            )
        )
    else:
        more = f" and {len(error.details) - 1} more" if len(error.details) > 1 else ""
        say(f"{shown(f'ncpdp: {error.code}{where}: {error.sentence}{more}')}\n")
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m ncpdp", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words in HELP.items():
        one = commands.add_parser(
            name, help=words, description=f"Print {words}.", allow_abbrev=False
        )
        files = ("A", "B") if name == "diff" else ("FILE",)
        for file in files:
            one.add_argument(file.lower(), metavar=file, help=FORMS)
        if name == "convert":
            one.add_argument("--to", required=True, choices=("2017071", "2023011", "json"))
        one.add_argument("--json", action="store_true", help="answers and errors as JSON")
    return parser
