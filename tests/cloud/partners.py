"""The partners as the sandbox plays them: what they were asked, and what they are told to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from local.demo.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

PAID = "checkout.session.completed"
NOBODY = "http://127.0.0.1:9"


class Partners(Sandbox):
    """The demo's sandbox with the parts that only tests touch."""

    def calls(self, provider: str, path: str, *, about: str, method: str = "POST") -> list[Any]:
        """What the partner was asked at this path in requests that name `about`, oldest first."""
        found = self._read("calls", provider=provider, limit="500")["items"]
        asked = (call for call in reversed(found) if call["path"].startswith(path))
        return [call for call in asked if call["method"] == method and about in call["request"]]

    def claims(self, member: str) -> list[Any]:
        """The switch's records of a member's claims, with their history.

        A question about the coverage, asked after every enrollment, is no claim.
        """
        found = self._read("payer/claims", member=member)["items"]
        return [claim for claim in found if not claim["rx_number"].startswith("E1 ")]

    def letters(self, relates_to: str | None, type_: str, *, about: str = "") -> list[Any]:
        """What the prescriber got in answer to a message, or about a prescription, newest first."""
        wanted = {"type": type_, "limit": "500"}
        if relates_to is not None:
            wanted["relates_to"] = relates_to
        found = self._read("prescriber/messages", **wanted)["items"]
        return [each for each in found if each["id"].startswith(about.removeprefix("rx_"))]

    def answers(self, message_id: str, outcome: str, **order: Any) -> dict[str, Any]:
        """Have the prescriber answer; what our door replied to that."""
        path = f"{self.url}/sandbox/prescriber/messages/{message_id}/answer"
        return dict(self._checked(self.http.post(path, json={"outcome": outcome, **order})).json())

    def checkouts(self, prescription: str) -> list[Any]:
        """Every checkout of a prescription, newest first."""
        return list(self._read("stripe/sessions", reference=prescription)["items"])

    def offer_card(self, checkout: str, card: str) -> dict[str, Any]:
        """What the hosted page answers to a card."""
        path = f"{self.url}/sandbox/stripe/sessions/{checkout}/pay"
        return dict(self._checked(self.http.post(path, json={"card": card})).json())

    def charge(self, checkout: str, amount_minor: int) -> None:
        """The page charges another amount than was asked for."""
        self._do(f"stripe/sessions/{checkout}/pay", {"amount_minor": amount_minor})

    def dispute(self, checkout: str, **order: Any) -> None:
        """The cardholder goes to the bank, or with `outcome` the bank has decided."""
        self._do(f"stripe/sessions/{checkout}/dispute", order)

    def repeat_webhook(self, checkout: str, **order: Any) -> dict[str, Any]:
        """Send the newest webhook of a checkout again: `{ok, status | error}`."""
        path = f"{self.url}/sandbox/stripe/sessions/{checkout}/resend"
        return dict(self._checked(self.http.post(path, json={"type": PAID, **order})).json())

    def webhooks(self, about: str) -> list[Any]:
        """Every webhook about a checkout or parcel, newest first."""
        return list(self._read("webhooks", about=about)["items"])

    def parcels(self, prescription: str) -> list[Any]:
        """The parcels whose label was bought for a prescription."""
        return list(self._read("shippo/parcels", metadata=prescription)["items"])

    def repeat_scan(self, tracking_number: str, **order: Any) -> dict[str, Any]:
        """Send the newest scan again."""
        path = f"{self.url}/sandbox/shippo/parcels/{tracking_number}/resend"
        return dict(self._checked(self.http.post(path, json=order)).json())

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """While it lasts, no webhook arrives; afterwards they are repeated as partners do."""
        url = f"{self.url}/sandbox/settings"
        arrives = self._checked(self.http.get(url)).json()["webhooks"]
        self._checked(self.http.post(url, json={"webhooks": NOBODY}))
        try:
            yield
        finally:
            self._checked(self.http.post(url, json={"webhooks": arrives}))

    def mails(self, address: str) -> list[Any]:
        """What lies in a mailbox, newest first."""
        return list(self._read("mail", to=address)["items"])

    def mailed_link(self, address: str, part: str) -> str | None:
        """The newest mailed link that has this part, once there is one."""
        links = (link for mail in self.mails(address) for link in mail["links"])
        return next((str(link) for link in links if part in link), None)
