"""Runs: killed anywhere and begun again, an import ends as if it had never been killed."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from local.importing import running
from local.importing.nadac import Nadac
from local.importing.progress import shown
from local.importing.records import Counts, Position
from local.importing.running import Files, run
from tests.prescribing import a_medication

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.importing.conftest import MemoryCatalogue

HEAD = "NDC Description,NDC,NADAC Per Unit,Effective Date,Pricing Unit\n"
ROWS = 40


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 3)
    monkeypatch.setattr(running, "PASSED_MAX", 5)


def prices() -> bytes:
    """Good rows, packages nobody knows, and bad ones."""
    rows = [
        f"DRUG {at},999910001{at:02},{at + 1}.5,2026-01-{at % 28 + 1:02},EA\n" for at in range(ROWS)
    ]
    rows[5] = "DRUG,1234,1.0,2026-01-01,EA\n"
    rows[17] = "DRUG,99991000117,free,2026-01-01,EA\n"
    rows[29] = "DRUG,99991000129,1.0,2026-01-01,BOX\n"
    return (HEAD + "".join(rows)).encode()


def stocked(catalogue: MemoryCatalogue) -> MemoryCatalogue:
    """Every other package of the file is in it."""
    for at in range(0, ROWS, 2):
        entry = a_medication(ndc11=f"999910001{at:02}")
        catalogue.entries[entry.ndc11] = entry
    return catalogue


def quiet(_at: Position, _counts: Counts) -> None:
    """Nobody watches."""


def report(files: Files) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files.report.read_text())))


def test_a_run_keeps_counts_and_reports(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files]
) -> None:
    given = files(prices())
    counts = run(Nadac(stocked(catalogue)), given, show=quiet)
    assert counts.kept == ROWS // 2
    assert counts.skipped == {"not_in_the_catalogue": ROWS // 2 - 3}
    assert counts.rejected == {"ndc.malformed": 1, "price.malformed": 1, "unit.unknown": 1}
    assert [(row["record"], row["code"], row["found"]) for row in report(given)] == [
        ("7", "ndc.malformed", "1234"),
        ("19", "price.malformed", "free"),
        ("31", "unit.unknown", "BOX"),
    ]
    assert not given.state.exists()


@pytest.mark.parametrize("killed_at", range(1, 14))
def test_a_killed_run_goes_on_and_ends_like_one_that_was_not(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files], killed_at: int
) -> None:
    whole, wanted = files(prices()), stocked(type(catalogue)())
    counts = run(Nadac(wanted), whole, show=quiet)
    reported = report(whole)

    again = files(prices())
    stocked(catalogue).fail_at = killed_at
    with pytest.raises(KeyboardInterrupt):
        run(Nadac(catalogue), again, show=quiet)
    begun: list[int] = []
    resumed = run(Nadac(catalogue), again, show=lambda at, _: begun.append(at.number))
    assert resumed == counts
    assert report(again) == reported
    assert catalogue.entries == wanted.entries
    assert begun[0] > 3 * (killed_at - 1)


def test_what_was_stored_before_the_kill_is_not_read_again(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = files(prices())
    stocked(catalogue).fail_at = 8
    with pytest.raises(KeyboardInterrupt):
        run(Nadac(catalogue), given, show=quiet)
    read: list[str] = []
    entry = Nadac.entry
    monkeypatch.setattr(
        Nadac, "entry", lambda self, value: read.append(value["ndc"]) or entry(self, value)
    )
    run(Nadac(catalogue), given, show=quiet)
    assert 0 < len(read) < ROWS - 15


def test_another_file_under_the_same_name_begins_anew(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files]
) -> None:
    stocked(catalogue).fail_at = 5
    with pytest.raises(KeyboardInterrupt):
        run(Nadac(catalogue), files(prices()), show=quiet)
    changed = files(prices().replace(b"DRUG 0,", b"DRUG Q,"))
    counts = run(Nadac(catalogue), changed, show=quiet)
    assert counts.kept + sum(counts.skipped.values()) + sum(counts.rejected.values()) == ROWS


@pytest.mark.parametrize("state", ["", "{", "[]", '{"at": {}}', '{"at": {"offset": 1, "x": 2}}'])
def test_a_damaged_state_begins_anew(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files], state: str
) -> None:
    given = files(prices())
    given.state.write_text(state)
    assert run(Nadac(stocked(catalogue)), given, show=quiet).kept == ROWS // 2


def test_a_second_import_of_the_same_file_changes_nothing(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files]
) -> None:
    given = files(prices())
    first = run(Nadac(stocked(catalogue)), given, show=quiet)
    kept = dict(catalogue.entries)
    assert run(Nadac(catalogue), given, show=quiet) == first
    assert catalogue.entries == kept


def test_the_state_is_written_whole(
    catalogue: MemoryCatalogue, files: Callable[[bytes], Files]
) -> None:
    given = files(prices())
    stocked(catalogue).fail_at = 4
    with pytest.raises(KeyboardInterrupt):
        run(Nadac(catalogue), given, show=quiet)
    state: dict[str, Any] = json.loads(given.state.read_text())
    assert set(state) == {"at", "counts", "report_bytes", "digest"}
    assert not list(given.state.parent.glob("*.part"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_line_per_tenth_or_a_bar_on_a_terminal() -> None:
    lines, terminal = io.StringIO(), Terminal()
    counts = Counts(kept=1234)
    for out in (lines, terminal):
        with shown("prices.csv", 1000, out=out) as show:
            for offset in (0, 10, 500, 520, 1000):
                show(Position(offset), counts)
    assert [line[:17] for line in lines.getvalue().splitlines()] == [
        "prices.csv:   0 %",
        "prices.csv:  50 %",
        "prices.csv: 100 %",
    ]
    assert "1,234 kept" in terminal.getvalue()


def test_progress_of_an_empty_file_does_not_divide_by_it() -> None:
    out = io.StringIO()
    with shown("empty", 0, out=out) as show:
        show(Position(), Counts())
    assert "100 %" in out.getvalue()
