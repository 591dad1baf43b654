"""How far an import came, in a small file: place, counts, and the digest of what is read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from local.importing.records import Counts, Position

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything before `at` is stored and counted; `report_bytes` of the report belong to it."""

    at: Position = field(default_factory=Position)
    counts: Counts = field(default_factory=Counts)
    report_bytes: int = 0


def load(state: Path, file: Path) -> Checkpoint | None:
    """Where an earlier run stopped; None when there is none, or it read another file."""
    try:
        kept: dict[str, Any] = json.loads(state.read_text())
        at = Position(**kept["at"])
        if kept["digest"] != digest(file, at.offset):
            return None
        return Checkpoint(at, Counts(**kept["counts"]), int(kept["report_bytes"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def save(state: Path, file: Path, checkpoint: Checkpoint) -> None:
    """Write it whole or not at all: a kill leaves the one before."""
    written = state.with_suffix(".part")
    body = {**asdict(checkpoint), "digest": digest(file, checkpoint.at.offset)}
    written.write_text(json.dumps(body))
    written.replace(state)


def digest(file: Path, offset: int) -> str:
    """Of the length, the beginning, the end, and what was read last: enough to know the file by."""
    size = file.stat().st_size
    told = sha256(str(size).encode())
    with file.open("rb") as opened:
        for start in (0, max(0, offset - SAMPLE_BYTES), max(0, size - SAMPLE_BYTES)):
            opened.seek(start)
            told.update(opened.read(SAMPLE_BYTES))
    return told.hexdigest()
