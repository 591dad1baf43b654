"""Reads the objects of one list in a JSON file, one at a time: never the whole file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, BinaryIO

from local.importing.records import Position, Record, Rejected, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 16
OBJECT_BYTES_MAX = 1 << 20
_BETWEEN = " \t\r\n,"
_DECODER = json.JSONDecoder(parse_int=str)  # only lengths are asked of it, of any number
_HAS_END = frozenset('{["')


def records(file: BinaryIO, key: str, start: Position) -> Iterator[Record]:
    """Every object after `start` in the list named `key` near the top of the file."""
    at = start if start.offset else Position(_begin(file, key))
    window = _Window(file, at.offset)
    number = at.number
    while (size := window.next_object()) is not None:
        number += 1
        text = window.take(size)
        yield _record(Position(window.offset, number), text)


class _Window:
    """The part of the file that is looked at, as Latin-1: there a place is a byte."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        file.seek(offset)
        self._file = file
        self._text = ""
        self.offset = offset

    def next_object(self) -> int | None:
        """The length of the object the window begins with then; None at the list's end."""
        while True:
            self.take(len(self._text) - len(self._text.lstrip(_BETWEEN)))
            if self._text.startswith("]"):
                return None
            if (size := _size(self._text)) is not None:
                return size
            if len(self._text) > OBJECT_BYTES_MAX or not self._grow():
                raise Unreadable(f"what begins at byte {self.offset} is not a whole object")

    def take(self, size: int) -> str:
        """The first bytes; the window begins after them then."""
        taken, self._text = self._text[:size], self._text[size:]
        self.offset += size
        return taken

    def _grow(self) -> bool:
        more = self._file.read(CHUNK)
        self._text += more.decode("latin-1")
        return bool(more)


def _begin(file: BinaryIO, key: str) -> int:
    """The byte after the list's bracket."""
    head = file.read(CHUNK).decode("latin-1")
    found = re.search(rf'"{key}"\s*:\s*\[', head)
    if found is None:
        raise Unreadable(f'it has no list "{key}" near its beginning')
    return found.end()


def _size(text: str) -> int | None:
    """Where the first JSON value of the text ends; None when it has no end yet."""
    if not text:
        return None
    try:
        _, end = _DECODER.raw_decode(text)
    except json.JSONDecodeError:
        return None
    return end if text[0] in _HAS_END or end < len(text) else None


def _record(at: Position, text: str) -> Record:
    try:
        value = json.loads(text.encode("latin-1"))
    except UnicodeDecodeError as error:
        return Record(at, None, Rejected("encoding", f"The object is not UTF-8: {error}."))
    except ValueError as error:
        return Record(at, None, Rejected("json.malformed", f"The object cannot be read: {error}."))
    if not isinstance(value, dict):
        return Record(at, None, Rejected("json.not_an_object", "The list holds something else."))
    return Record(at, value)
