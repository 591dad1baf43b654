"""`python -m local.generate [NAME …] [--check]`: write the generated files, or name the old."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from local.generate import (
    cancelling,
    client,
    engines,
    environment,
    errors,
    events,
    invocations,
    messages,
    ncpdp_schemas,
    openapi,
)
from local.place import LocalError
from local.reference import compiling, zips

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parents[2]

WRITERS: dict[str, Callable[[], Mapping[str, str | bytes]]] = {
    "events": events.files,
    "messages": messages.files,
    "invocations": invocations.files,
    "cancelling": cancelling.files,
    "engines": engines.files,
    "errors": errors.files,
    "openapi": openapi.files,
    "client": client.files,
    "environment": environment.files,
    "ncpdp": ncpdp_schemas.files,
    "reference": compiling.files,
    "zips": zips.files,
}
FOLDERS = {
    "events": "events",
    "messages": messages.FOLDER,
    "invocations": invocations.FOLDER,
    "ncpdp": ncpdp_schemas.FOLDER,
}
"""Folders that hold nothing but what a writer wrote: what else is found there is stale.

A folder inside another's is its own writer's alone.
"""


def stale(name: str) -> list[str]:
    """The files of a writer that differ from what the code says now."""
    wanted = WRITERS[name]()
    old = [path for path, content in wanted.items() if _read(path) != _bytes(content)]
    return old + [path for path in _present(name) if path not in wanted]


def write(name: str) -> None:
    for path in stale(name):
        target, content = ROOT / path, WRITERS[name]().get(path)
        if content is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_bytes(content))
        print(f"wrote {path}")


def _read(path: str) -> bytes | None:
    file = ROOT / path
    return file.read_bytes() if file.exists() else None


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _present(name: str) -> list[str]:
    folder = FOLDERS.get(name)
    if folder is None:
        return []
    found = (str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*.json"))
    others = tuple(f"{each}/" for each in FOLDERS.values() if each.startswith(f"{folder}/"))
    return sorted(path for path in found if not path.startswith(others))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.generate", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(WRITERS))
    parser.add_argument("--check", action="store_true", help="write nothing, fail on old files")
    asked = parser.parse_args()
    names = asked.names or list(WRITERS)
    if unknown := set(names) - set(WRITERS):
        parser.error(f"no such thing to generate: {', '.join(sorted(unknown))}")
    if not asked.check:
        for name in names:
            write(name)
        return 0
    old = [path for name in names for path in stale(name)]
    for path in old:
        print(f"{path} is not what the code says: run python -m local.generate", file=sys.stderr)
    return 1 if old else 0


def told() -> int:
    """What the developer can mend is one line."""
    try:
        return main()
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(told())
