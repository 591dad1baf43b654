"""The partners as the sandbox plays them: what they were asked, and what they are told to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from local.demo.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

PAID = "checkout.session.completed"


class Partners(Sandbox):
    """The demo's sandbox with the parts that only tests touch."""

    @contextmanager
    def failing(self, provider: str, **order: Any) -> Iterator[None]:
        """While it lasts, the partner fails as ordered (see the sandbox's page on trouble)."""
        wish = {"provider": provider, "kind": "error", "status": 503, "times": -1, **order}
        fault = self._checked(self.http.post(f"{self.url}/sandbox/faults", json=wish)).json()
        try:
            yield
        finally:
            self._checked(self.http.delete(f"{self.url}/sandbox/faults/{fault['id']}"))

    def calls(self, provider: str, path: str, *, about: str, method: str = "POST") -> list[Any]:
        """What the partner was asked at this path in requests that name `about`, oldest first."""
        found = self._read("calls", provider=provider, path=path, limit="500")["items"]
        return [c for c in found[::-1] if c["method"] == method and about in c["request"]]

    def claims(self, member: str) -> list[Any]:
        """The switch's records of a member, with their history."""
        return list(self._read("payer/claims", member=member)["items"])

    def checkouts(self, prescription: str) -> list[Any]:
        """Every checkout of a prescription, newest first."""
        return list(self._read("stripe/sessions", reference=prescription)["items"])

    def offer_card(self, checkout: str, card: str) -> dict[str, Any]:
        """What the hosted page answers to a card."""
        path = f"{self.url}/sandbox/stripe/sessions/{checkout}/pay"
        return dict(self._checked(self.http.post(path, json={"card": card})).json())

    def repeat_webhook(self, checkout: str, **order: Any) -> dict[str, Any]:
        """Send the newest webhook of a checkout again: `{ok, status | error}`."""
        path = f"{self.url}/sandbox/stripe/sessions/{checkout}/resend"
        return dict(self._checked(self.http.post(path, json={"type": PAID, **order})).json())

    def webhooks(self, about: str) -> list[Any]:
        """Every webhook about a checkout or parcel, newest first."""
        return list(self._read("webhooks", about=about)["items"])

    def move(self, tracking_number: str, status: str) -> None:
        """The carrier scans the parcel."""
        self._do(f"shippo/parcels/{tracking_number}/move", {"status": status})

    def repeat_scan(self, tracking_number: str, **order: Any) -> dict[str, Any]:
        """Send the newest scan again."""
        path = f"{self.url}/sandbox/shippo/parcels/{tracking_number}/resend"
        return dict(self._checked(self.http.post(path, json=order)).json())

    def mails(self, address: str) -> list[Any]:
        """What lies in a mailbox, newest first."""
        return list(self._read("mail", to=address)["items"])
