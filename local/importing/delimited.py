"""Reads tables of text line by line: tab-separated as the FDA writes, or CSV with quotes.

The files are UTF-8 or, in names, Windows-1252: each line is tried as the one and read as the other.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from local.importing.records import Position, Record, Rejected, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_BYTES_MAX = 1 << 20
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` must be in the head, in any case and order; `hint` is in every wanted line."""

    columns: tuple[str, ...]
    delimiter: str = ","
    is_quoted: bool = True
    hint: bytes = b""


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """A column's name as it is compared: `NDC Description` is `ndc_description`."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def records(file: BinaryIO, layout: Layout, start: Position) -> Iterator[Record]:
    """Every line after `start`; the head is read each time and gives the names of the fields."""
    file.seek(0)
    names, begin = _head(file, layout)
    at = start if start.offset else begin
    file.seek(at.offset)
    while True:
        line, lines = _line(file, layout)
        if not lines:
            return
        at = Position(file.tell(), at.number + lines)
        if line is None:
            words = f"The line is longer than {LINE_BYTES_MAX} bytes."
            yield Record(at, None, Rejected("record.too_long", words))
        elif not line.strip():
            continue
        elif layout.hint not in line:
            yield Record(at, None)
        else:
            yield _record(at, line, names, layout)


def _record(at: Position, line: bytes, names: list[str], layout: Layout) -> Record:
    try:
        fields = _fields(line, layout)
    except Rejected as problem:
        return Record(at, None, problem)
    if len(fields) != len(names):
        words = f"The line has {len(fields)} fields, the head {len(names)}."
        return Record(at, None, Rejected("columns.count", words))
    return Record(at, {name: field.strip() for name, field in zip(names, fields, strict=True)})


def _head(file: BinaryIO, layout: Layout) -> tuple[list[str], Position]:
    line, lines = _line(file, layout)
    if line is None or line.startswith(_WIDE) or b"\0" in line:
        raise Unreadable("it is not a text file in UTF-8 or Windows-1252")
    try:
        names = [plain(name) for name in _fields(line.removeprefix(_BOM), layout)]
    except Rejected as problem:
        raise Unreadable(f"its head cannot be read: {problem}") from problem
    lacking = [name for name in layout.columns if plain(name) not in names]
    if lacking:
        raise Unreadable(f"it lacks the columns {', '.join(lacking)}")
    return names, Position(file.tell(), lines)


def _fields(line: bytes, layout: Layout) -> list[str]:
    text = _decoded(line).rstrip("\r\n")
    if not layout.is_quoted:
        return text.split(layout.delimiter)
    try:
        return next(csv.reader([text], delimiter=layout.delimiter, strict=True))
    except (csv.Error, StopIteration) as error:
        raise Rejected("quotes.malformed", f"The line's quotes do not match: {error}.") from error


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError as error:
        found = repr(line[error.start : error.start + 1])
        words = "The line is neither UTF-8 nor Windows-1252."
        raise Rejected("encoding", words, found) from error


def _line(file: BinaryIO, layout: Layout) -> tuple[bytes | None, int]:
    """A record's bytes and how many lines it takes: a quoted field may run over several.

    None for a line that is too long, which is passed over; 0 lines at the end.
    """
    line = file.readline(LINE_BYTES_MAX)
    lines = 1 if line else 0
    while _is_open(line, layout):
        more = file.readline(LINE_BYTES_MAX)
        line += more
        lines += 1
        if not more:
            break
    if len(line) < LINE_BYTES_MAX or line.endswith(b"\n"):
        return line, lines
    while not (rest := file.readline(LINE_BYTES_MAX)).endswith(b"\n") and rest:
        pass
    return None, lines


def _is_open(line: bytes, layout: Layout) -> bool:
    return layout.is_quoted and len(line) < LINE_BYTES_MAX and line.count(b'"') % 2 == 1
