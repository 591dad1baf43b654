"""The public API as a program uses it: bearer tokens, idempotency keys, versions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from local.place import LocalError

TIMEOUT_S = 40.0
XML, JSON = "application/xml", "application/json"


@dataclass(frozen=True)
class Client:
    """Calls as one caller; whatever is refused becomes one line of the API's own words."""

    base: str
    token: str = ""
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=TIMEOUT_S, trust_env=False)
    )

    def read(self, path: str, **query: str) -> dict[str, Any]:
        """GET a resource."""
        return self._json(self._send("GET", path, params=query))

    def read_tagged(self, path: str) -> tuple[dict[str, Any], str]:
        """GET a resource and the ETag that names what was read."""
        answer = self._send("GET", path)
        return self._json(answer), answer.headers["etag"]

    def act(
        self, path: str, body: dict[str, Any] | None = None, *, tag: str = ""
    ) -> dict[str, Any]:
        """POST a command, once, upon what was read under the ETag."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        if tag:
            headers["If-Match"] = tag
        return self._json(self._send("POST", path, headers=headers, json=body or {}))

    def send_message(self, message: bytes, *, path: str = "/api/intake") -> httpx.Response:
        """POST a prescription in the form it has."""
        headers = {"Content-Type": JSON if message.lstrip().startswith(b"{") else XML}
        return self._send("POST", path, headers=headers, content=message)

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = self.http.request(method, self.base + path, headers=headers, **options)
        except httpx.TransportError as error:
            raise LocalError(f"{self.base} does not answer: make up") from error
        if answer.is_error:
            raise Refused(answer)
        return answer

    def _json(self, answer: httpx.Response) -> dict[str, Any]:
        return dict(answer.json()) if answer.content else {}


class Refused(LocalError):
    """The API said no; the problem says why."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        try:
            self.problem = dict(answer.json())
        except ValueError:
            self.problem = {}
        said = [self.problem.get("code"), self.problem.get("title"), self.problem.get("detail")]
        words = ": ".join(str(part) for part in said if part) or answer.text[:200]
        super().__init__(f"{answer.request.url.path} answered {self.status} {words}")
