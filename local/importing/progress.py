"""Shows how far an import is: a bar on a terminal, a line for every tenth elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.importing.records import Counts, Position

    Show = Callable[[Position, Counts], None]

TENTHS = 10


@contextmanager
def shown(title: str, total: int, *, out: TextIO | None = None) -> Iterator[Show]:
    """Call what it yields with every place reached; `total` is the file's length in bytes."""
    stream = out or sys.stderr
    if stream.isatty():
        with _bar(title, total, stream) as show:
            yield show
    else:
        yield _lines(title, total, stream)


def brief(counts: Counts) -> str:
    """The counts in a few words."""
    skipped, rejected = sum(counts.skipped.values()), sum(counts.rejected.values())
    return f"{counts.kept:,} kept, {skipped:,} skipped, {rejected:,} rejected"


@contextmanager
def _bar(title: str, total: int, stream: TextIO) -> Iterator[Show]:
    from rich import progress as parts  # noqa: PLC0415 - no other command waits for it
    from rich.console import Console  # noqa: PLC0415 - no other command waits for it

    columns = (
        parts.TextColumn("{task.description}"),
        parts.BarColumn(),
        parts.DownloadColumn(),
        parts.TransferSpeedColumn(),
        parts.TimeRemainingColumn(),
        parts.TextColumn("{task.fields[counts]}"),
    )
    with parts.Progress(*columns, console=Console(file=stream)) as progress:
        task = progress.add_task(title, total=total, counts="")

        def show(at: Position, counts: Counts) -> None:
            progress.update(task, completed=at.offset, counts=brief(counts))

        yield show


def _lines(title: str, total: int, stream: TextIO) -> Show:
    said = -1

    def show(at: Position, counts: Counts) -> None:
        nonlocal said
        tenth = TENTHS * at.offset // total if total else TENTHS
        if tenth > said:
            said = tenth
            print(f"{title}: {TENTHS * tenth:3} %  {brief(counts)}", file=stream, flush=True)

    return show
