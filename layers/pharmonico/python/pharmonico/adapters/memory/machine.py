"""A state machine that only remembers what it was told."""

from __future__ import annotations

from typing import Any


class MemoryMachine:
    """`answers` maps each answered token to its output or `(error, cause)`."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.stopped: list[str] = []
        self.dead: set[str] = set()

    def succeed(self, token: str, output: dict[str, Any]) -> bool:
        return self._answer(token, output)

    def fail(self, token: str, error: str, cause: str = "") -> bool:
        return self._answer(token, (error, cause))

    def stop(self, execution: str, cause: str) -> None:  # noqa: ARG002 - the port's signature
        self.stopped.append(execution)

    def is_running(self, execution: str) -> bool:
        return execution not in self.dead and execution not in self.stopped

    def _answer(self, token: str, answer: object) -> bool:
        if token in self.answers:
            return False
        self.answers[token] = answer
        return True
