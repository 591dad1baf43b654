"""What the sandbox remembers: bounded shelves of JSON objects, saved to one file when asked."""

from __future__ import annotations

import json
import secrets
import time
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]

SHELF_ITEMS_MAX = 2_000
ITEMS_MAX_OF = {"mail": 500, "sms": 500, "shippo.rates": 14_000}
# Recorded calls help while looking; they are large and not worth writing down.
NOT_SAVED = ("calls",)
SNAPSHOT_NAME = "sandbox.json"


def now() -> float:
    """Seconds since the epoch."""
    return time.time()


def iso(at: float) -> str:
    """`2026-11-20T09:30:00.123Z`, the way the providers print time."""
    moment = datetime.fromtimestamp(at, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def token(prefix: str, bytes_: int = 12) -> str:
    """An unguessable id in a provider's style, such as `cs_test_9f…`."""
    return prefix + secrets.token_hex(bytes_)


class Shelf:
    """Objects by key, oldest first; the oldest falls off when the shelf is full."""

    def __init__(self, *, items_max: int) -> None:
        self._items: OrderedDict[str, Json] = OrderedDict()
        self._items_max = items_max

    def put(self, key: str, value: Json) -> Json:
        self._items[key] = value
        while len(self._items) > self._items_max:
            self._items.popitem(last=False)
        return value

    def get(self, key: str) -> Json | None:
        return self._items.get(key)

    def drop(self, key: str) -> bool:
        return self._items.pop(key, None) is not None

    def clear(self) -> None:
        self._items.clear()

    def newest(self) -> Iterator[Json]:
        return reversed(self._items.values())

    def as_json(self) -> Json:
        return dict(self._items)

    def __len__(self) -> int:
        return len(self._items)


class State:
    """All shelves, one running number, and the file that keeps both over a restart."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = folder / SNAPSHOT_NAME if folder else None
        self._shelves: dict[str, Shelf] = {}
        self._sequence = 0
        self.changes = 0
        self._saved = 0
        self._load()

    def shelf(self, name: str) -> Shelf:
        if name not in self._shelves:
            self._shelves[name] = Shelf(items_max=ITEMS_MAX_OF.get(name, SHELF_ITEMS_MAX))
        return self._shelves[name]

    def next_number(self) -> int:
        self._sequence += 1
        return self._sequence

    def changed(self) -> None:
        self.changes += 1

    def wipe(self) -> None:
        for shelf in self._shelves.values():
            shelf.clear()
        self.changed()

    def save(self) -> None:
        """Write the snapshot if anything changed; a crash midway leaves the previous one whole."""
        if self._file is None or self._saved == self.changes:
            return
        self._saved = self.changes
        shelves = {
            name: shelf.as_json() for name, shelf in self._shelves.items() if name not in NOT_SAVED
        }
        document = {"sequence": self._sequence, "shelves": shelves}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half_written = self._file.with_suffix(".tmp")
        half_written.write_text(json.dumps(document))
        half_written.replace(self._file)

    def _load(self) -> None:
        if self._file is None or not self._file.exists():
            return
        document = json.loads(self._file.read_text())
        self._sequence = document["sequence"]
        for name, items in document["shelves"].items():
            shelf = self.shelf(name)
            for key, value in items.items():
                shelf.put(key, value)
