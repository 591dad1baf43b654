"""A payer that says what it was told to say, in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    Reply = bytes | Callable[[bytes], bytes] | None


class MemoryPayer:
    """`replies` are used up one per request; None is a silence. `sent` keeps every request."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.sent: list[bytes] = []

    def send(self, request: bytes) -> bytes:
        self.sent.append(request)
        reply = self._replies.pop(0) if self._replies else None
        if reply is None:
            raise Unavailable("payer.no_answer", "The payer did not answer.")
        return reply(request) if callable(reply) else reply
