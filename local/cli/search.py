"""search: the index that prescriptions are found by, made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.cli.prescriptions import client_of

if TYPE_CHECKING:
    import argparse

REBUILD = "/api/v1/search/rebuild"


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    parser = commands.add_parser(
        "search", help="rebuild: put every prescription under the words it is found by"
    )
    parser.add_argument("what", choices=["rebuild"])
    parser.set_defaults(run=run_rebuild)


def run_rebuild(options: argparse.Namespace) -> None:
    """Stretch by stretch, until there is none left; run again, it changes nothing."""
    client, cursor = client_of(options.place, "ops"), None
    seen = changed = 0
    while True:
        stretch = client.act(REBUILD, {"cursor": cursor} if cursor else {})
        seen, changed = seen + stretch["seen"], changed + stretch["changed"]
        print(f"{seen} looked at, {changed} put anew", flush=True)
        if not (cursor := stretch.get("next_cursor")):
            return
