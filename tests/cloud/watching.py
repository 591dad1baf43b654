"""HTTP clients that read every refusal for what it must not say: nothing about a patient."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

TIMEOUT_S = 40.0
PHI = (
    "Jordan",
    "1979-05-17",
    "19790517",
    "6145550120",
    "99 Test St",
    "Lipitor",
    "00071015623",
    "YXE12345",
    "once daily at bedtime",
    "@example.org",
)
"""What the sample patient can be known by; marks of single patients are added as they come."""


@dataclass
class Watch:
    """Collects the refusals that said too much; one watch serves all clients of a test run."""

    words: set[str] = field(default_factory=lambda: set(PHI))
    leaks: list[str] = field(default_factory=list)
    refusals: int = 0
    connections: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)

    def client(self) -> httpx.Client:
        """A client with cookies of its own, under this watch; all share the connections."""
        return httpx.Client(
            timeout=TIMEOUT_S,
            transport=self.connections,
            event_hooks={"response": [self._read]},
        )

    def close(self) -> None:
        self.connections.close()

    def _read(self, answer: httpx.Response) -> None:
        answer.read()
        if not _refuses(answer):
            return
        self.refusals += 1
        said = answer.text + str(answer.headers)
        self.leaks += [
            f"{answer.request.method} {answer.request.url.path} {answer.status_code}: {word}"
            for word in sorted(self.words)
            if word in said
        ]


def _refuses(answer: httpx.Response) -> bool:
    kind = answer.headers.get("content-type", "")
    return "problem+json" in kind or ("xml" in kind and "<Error>" in answer.text)
