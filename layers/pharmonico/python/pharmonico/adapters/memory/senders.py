"""A channel that keeps its messages; it can be told to fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.templates import Message
    from pharmonico.kit.errors import PharmonicoError


class MemorySender:
    """`sent` holds (address, message) in order; `trouble` is raised instead while it is set."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.trouble: PharmonicoError | None = None

    def send(self, to: str, message: Message) -> str:
        if self.trouble is not None:
            raise self.trouble
        self.sent.append((to, message))
        return f"memory-{len(self.sent)}"
