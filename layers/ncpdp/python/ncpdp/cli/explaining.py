"""A page about a message for people: what it says, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.cli.output import shown
from ncpdp.door import check, telecom_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.message import Message


def explain(message: Message) -> str:
    """The page, each line at most as wide as its content."""
    claim = telecom_of(message)
    # Each page loads its own standard only.
    if claim is not None:
        from ncpdp.cli.telecom_page import lines as telecom_lines  # noqa: PLC0415 - as above

        body = list(telecom_lines(claim))
    else:
        from ncpdp.cli.script_page import lines as script_lines  # noqa: PLC0415 - as above

        body = list(script_lines(message))
    return "".join(f"{shown(line.rstrip())}\n" for line in [*body, "", *_findings(message)])


def _findings(message: Message) -> Iterator[str]:
    found = check(message)
    if not found:
        yield "Nothing is wrong with it."
        return
    yield "Findings"
    for one in found:
        yield f"  {one.severity}: {one.message} ({one.code}, {one.path})"
