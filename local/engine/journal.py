"""What was written to tables since the last checkpoint: an answered write survives a kill.

Each write that succeeded is appended as it came, before its answer leaves; a restart plays what the
checkpoint does not hold through the engine again. A write that the checkpoint does hold is refused
by its own version condition, or is the same put once more.
"""

from __future__ import annotations

import base64
import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TARGET = b"x-amz-target"
WRITES = {
    b"DynamoDB_20120810." + name
    for name in (b"PutItem", b"UpdateItem", b"DeleteItem", b"BatchWriteItem", b"TransactWriteItems")
}
OK = 200
SUFFIX = ".jsonl"

Headers = list[tuple[bytes, bytes]]


class Journal:
    """Numbered files; a checkpoint closes one, and removes it when it is written itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._number = max((_number(path) for path in self._files()), default=0)
        self._file: IO[str] | None = None

    def append(self, headers: Headers, body: bytes) -> None:
        """Keep one write; what the operating system has taken outlives this process."""
        if self._file is None:
            self._number += 1
            self._file = (self._folder / f"{self._number:012d}{SUFFIX}").open("a")
        entry = {
            "headers": [
                [name.decode("latin-1"), value.decode("latin-1")] for name, value in headers
            ],
            "body": base64.b64encode(body).decode(),
        }
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()

    def turn(self) -> int:
        """Close the file; whatever is written from now on is not in the checkpoint being taken."""
        if self._file is not None:
            self._file.close()
            self._file = None
        return self._number

    def drop(self, number: int) -> None:
        """Remove what a written checkpoint holds."""
        for path in self._files():
            if _number(path) <= number:
                path.unlink()

    def entries(self) -> Iterator[tuple[Headers, bytes]]:
        """Every kept write in its order; a last one cut short was never answered."""
        for path in self._files():
            for line in path.read_text().splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                headers = [(name.encode(), value.encode()) for name, value in entry["headers"]]
                yield headers, base64.b64decode(entry["body"])

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{SUFFIX}"))


def journaled(engine: Any, journal: Journal) -> Any:
    """The engine, with every write to a table kept before it is answered."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or dict(scope["headers"]).get(TARGET) not in WRITES:
            await engine(scope, receive, send)
            return
        parts: list[bytes] = []

        async def receive_and_keep() -> Any:
            message = await receive()
            parts.append(message.get("body", b""))
            return message

        async def keep_and_send(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] == OK:
                journal.append(list(scope["headers"]), b"".join(parts))
            await send(message)

        await engine(scope, receive_and_keep, keep_and_send)

    return app


async def replay(engine: Any, journal: Journal) -> int:
    """Play the kept writes through the engine; says how many there were."""
    count = 0
    for headers, body in journal.entries():
        await _call(engine, headers, body)
        count += 1
    return count


async def _call(engine: Any, headers: Headers, body: bytes) -> None:
    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        """Its answer was given long ago."""

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
    await engine(scope, receive, send)


def _number(path: Path) -> int:
    return int(path.stem)
