"""What each command prints, and the exit code it asks for."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ncpdp.cli.comparing import differences
from ncpdp.cli.explaining import explain
from ncpdp.cli.loading import load
from ncpdp.cli.output import json_bytes, say, shown
from ncpdp.door import check, telecom_of, to_json, write
from ncpdp.errors import InvalidValue
from ncpdp.markup import decode

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from ncpdp.findings import Finding

Outcome = tuple[int, bytes]
OK, FOUND = 0, 1


def parse_command(options: Namespace) -> Outcome:
    """The JSON form."""
    return OK, json_bytes(to_json(load(options.file)))


def write_command(options: Namespace) -> Outcome:
    """The bytes of the message that a JSON form stands for."""
    return OK, write(load(options.file))


def check_command(options: Namespace) -> Outcome:
    """The findings; only an error makes the exit code 1."""
    found = check(load(options.file))
    code = FOUND if any(one.severity == "error" for one in found) else OK
    if options.json:
        return code, json_bytes({"findings": [asdict(one) for one in found]})
    lines = [_line(one) for one in found]
    counts = Counter(one.severity for one in found)
    said = [f"{counts[name]} {name}" for name in ("error", "warning", "info") if counts[name]]
    return code, "".join(f"{line}\n" for line in [*lines, ", ".join(said) or "ok"]).encode(
        errors="replace"
    )


def explain_command(options: Namespace) -> Outcome:
    """A page for people; as JSON, the message with its findings."""
    message = load(options.file)
    if options.json:
        found = [asdict(one) for one in check(message)]
        return OK, json_bytes({"message": to_json(message), "findings": found})
    return OK, explain(message).encode(errors="replace")


def convert_command(options: Namespace) -> Outcome:
    """The message in another version of SCRIPT, or in its JSON form.

    What the other version has no place for is told on standard error; `--json` lists all changes.
    """
    message = load(options.file)
    if options.to == "json":
        return OK, json_bytes(to_json(message))
    if telecom_of(message) is not None:
        words = "A D.0 message has no other version to be converted to."
        raise InvalidValue(words, code="version.unsupported")
    from ncpdp.script import Version, conversion  # noqa: PLC0415 - only SCRIPT needs it

    done = conversion(message, Version(options.to))  # type: ignore[arg-type]  # no D.0 here
    written = write(done.message)
    if options.json:
        changes = [asdict(one) for one in done.changes]
        return OK, json_bytes({"message": decode(written), "changes": changes})
    for one in done.lost:
        say(f"{shown(f'ncpdp: {one.code} {one.path}: {one.message}')}\n")
    return OK, written


def diff_command(options: Namespace) -> Outcome:
    """What differs between two messages, by place in the JSON form."""
    found = differences(_said(options.a), _said(options.b))
    code = FOUND if found else OK
    if options.json:
        return code, json_bytes({"differences": [asdict(one) for one in found]})
    return code, "".join(f"{shown(str(one))}\n" for one in found).encode(errors="replace")


def _said(file: str) -> Any:
    """The JSON form; how a SCRIPT message is laid out in lines makes no difference."""
    message = load(file)
    if telecom_of(message) is not None:
        return to_json(message)
    from ncpdp.script.json_form import script_to_json  # noqa: PLC0415 - only SCRIPT needs it

    return script_to_json(message, layout=False)  # type: ignore[arg-type]  # no D.0 here


def _line(one: Finding) -> str:
    where = f" line {one.line} column {one.column}" if one.line else ""
    return shown(f"{one.severity} {one.code} {one.path}{where}: {one.message}")


COMMANDS: dict[str, Callable[[Namespace], Outcome]] = {
    "parse": parse_command,
    "write": write_command,
    "check": check_command,
    "explain": explain_command,
    "convert": convert_command,
    "diff": diff_command,
}
