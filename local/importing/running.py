"""Runs an import: records into batches, batches into the store, and after each a checkpoint.

A kill loses nothing: what was stored after the last checkpoint is stored again, as the same.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic

from local.importing import checkpoints
from local.importing.checkpoints import Checkpoint
from local.importing.records import Counts, Entry, Rejected, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TextIO

    from local.importing.records import Importer, Position, Record

BATCH = 500
PASSED_MAX = 20_000
"""Records passed over between two checkpoints at most."""
REPORT_HEAD = ("record", "code", "found", "words")


@dataclass(frozen=True, slots=True)
class Files:
    """What is read, and where state and report of it lie."""

    source: Path
    state: Path
    report: Path


@dataclass(slots=True)
class _Run(Generic[Entry]):
    importer: Importer[Entry]
    files: Files
    report: TextIO
    counts: Counts
    batch: list[Entry] = field(default_factory=list)
    since: int = 0

    def take(self, record: Record) -> None:
        """Put a record's entry into the batch, or count why not."""
        self.since += 1
        try:
            self.batch.append(self._entry(record))
        except Skipped as skipped:
            self.counts.skip(skipped.reason)
        except Rejected as rejected:
            self.counts.reject(rejected.code)
            row = (record.at.number, rejected.code, rejected.found, rejected.words)
            csv.writer(self.report).writerow(row)

    def _entry(self, record: Record) -> Entry:
        if record.problem:
            raise record.problem
        if record.value is None:
            raise Skipped("passed_over")
        return self.importer.entry(record.value)

    def settle(self, at: Position) -> None:
        """Store the batch, then remember that everything up to here is done."""
        if self.batch:
            unkept = self.importer.keep(self.batch)
            self.counts.kept += len(self.batch) - sum(unkept.skipped.values())
            for reason, number in unkept.skipped.items():
                self.counts.skipped[reason] = self.counts.skipped.get(reason, 0) + number
        self.batch, self.since = [], 0
        self.report.flush()
        done = Checkpoint(at, self.counts, self.files.report.stat().st_size)
        checkpoints.save(self.files.state, self.files.source, done)


def run(
    importer: Importer[Any], files: Files, *, show: Callable[[Position, Counts], None]
) -> Counts:
    """Import what has not been imported yet; `Unreadable` for a file of another kind."""
    begun = checkpoints.load(files.state, files.source) or Checkpoint()
    at = begun.at
    files.state.parent.mkdir(parents=True, exist_ok=True)
    with files.source.open("rb") as source, _report(files.report, begun) as report:
        doing: _Run[Any] = _Run(importer, files, report, begun.counts)
        for record in importer.read(source, at):
            doing.take(record)
            at = record.at
            if len(doing.batch) >= BATCH or doing.since >= PASSED_MAX:
                doing.settle(at)
                show(at, doing.counts)
        doing.settle(at)
        show(at, doing.counts)
    files.state.unlink()
    return doing.counts


def _report(path: Path, begun: Checkpoint) -> TextIO:
    """The report as it was at the checkpoint: what a killed run wrote after it is written anew."""
    is_new = begun.report_bytes == 0 or not path.exists()
    report = path.open("w" if is_new else "r+", newline="", encoding="utf-8")
    if is_new:
        csv.writer(report).writerow(REPORT_HEAD)
    else:
        report.seek(begun.report_bytes)
        report.truncate()
    return report
