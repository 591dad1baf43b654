"""What a developer does on the sandbox's pages: read mail, pay, move the parcel."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from local.client import TIMEOUT_S, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTAL_MARK = "#t="
PAYMENT_MARK = "/pay#r="


@dataclass(frozen=True)
class Sandbox:
    """The control side of the played providers."""

    url: str
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=TIMEOUT_S, trust_env=False)
    )

    def invitation(self, address: str) -> str | None:
        """The newest portal link mailed to the address, once it is there."""
        return self._mailed(address, PORTAL_MARK)

    def payment_link(self, address: str) -> str | None:
        """The newest link to the order's own page, once it is there."""
        return self._mailed(address, PAYMENT_MARK)

    def _mailed(self, address: str, mark: str) -> str | None:
        for mail in self._read("mail", to=address)["items"]:
            for link in mail["links"]:
                if mark in link:
                    return str(link)
        return None

    def last_text(self) -> int:
        """The number of the newest SMS; those after it are newer."""
        newest = self._read("sms", limit="1")["items"]
        return int(newest[0]["number"]) if newest else 0

    def code(self, *, since: int) -> str | None:
        """The newest code texted after that SMS, once it is there."""
        texts = self._read("sms", since=str(since))["items"]
        return next((str(text["codes"][0]) for text in texts if text["codes"]), None)

    def checkout(self, prescription_id: str) -> str | None:
        """The open checkout of the prescription, once it is there."""
        sessions = self._read("stripe/sessions", reference=prescription_id)["items"]
        return next((str(each["id"]) for each in sessions if each["status"] == "open"), None)

    def pay(self, checkout: str) -> None:
        """Pay with the card that works."""
        self._do(f"stripe/sessions/{checkout}/pay")

    def deliver(self, tracking_number: str) -> None:
        """The carrier hands the parcel over."""
        self.move(tracking_number, "DELIVERED")

    def move(self, tracking_number: str, status: str) -> None:
        """The carrier scans the parcel."""
        self._do(f"shippo/parcels/{tracking_number}/move", {"status": status})

    def receive(self, name: str, **order: Any) -> None:
        """Say how a receiver of our webhooks checks (`secret`) and answers (`status`, `times`)."""
        self._do(f"hooks/{name}/set-up", order)

    @contextmanager
    def failing(self, provider: str, **order: Any) -> Iterator[None]:
        """While it lasts, the partner fails as ordered (see the sandbox's page on trouble)."""
        wish = {"provider": provider, "kind": "error", "status": 503, "times": -1, **order}
        fault = self._checked(self.http.post(f"{self.url}/sandbox/faults", json=wish)).json()
        try:
            yield
        finally:
            self._checked(self.http.delete(f"{self.url}/sandbox/faults/{fault['id']}"))

    def _read(self, path: str, **query: str) -> dict[str, Any]:
        return dict(self._checked(self.http.get(f"{self.url}/sandbox/{path}", params=query)).json())

    def _do(self, path: str, body: dict[str, Any] | None = None) -> None:
        self._checked(self.http.post(f"{self.url}/sandbox/{path}", json=body or {}))

    @staticmethod
    def _checked(answer: httpx.Response) -> httpx.Response:
        if answer.is_error:
            raise Refused(answer)
        return answer
