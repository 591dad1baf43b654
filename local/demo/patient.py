"""The patient's part: the link from the mailbox, the pages, the card photo, the signature."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

import httpx

from local.client import TIMEOUT_S, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE_OF_BIRTH = "1979-05-17"
INSURANCE = {
    "bin": "610014",
    "pcn": "MEDDPRIME",
    "group": "EXGRP01",
    "member_id": "YXE123456789",
    "relationship": "1",
}
DELIVERY = {
    "name": "Jordan Doe",
    "line1": "99 Test St",
    "city": "Columbus",
    "state": "OH",
    "postal_code": "43201",
    "phone": "6145550120",
    "window": "any",
}
CONSENT = {"signed_name": "Jordan Doe", "signer": "self", "treatment": True, "privacy": True}
PAGES: dict[str, dict[str, Any]] = {
    "insurance": INSURANCE,
    "delivery": DELIVERY,
    "consent": CONSENT,
}
# A photo of one white pixel: small, but a picture to whoever looks at its first bytes.
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)
PHOTO_TYPE = "image/png"
COOKIE = "__Host-session"


@dataclass
class Patient:
    """A browser at the portal: it keeps the session's cookie and says where its requests start.

    A browser keeps a Secure cookie for a name under localhost; a cookie jar of Python does not.
    """

    portal: str
    address: str
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=TIMEOUT_S, trust_env=False)
    )
    requests: int = 0
    _session: str = ""

    def open(self, link: str, *, date_of_birth: str = DATE_OF_BIRTH) -> None:
        """Spend the link's token for a session."""
        token = link.rpartition("#t=")[2]
        answer = self._send("POST", "open", {"token": token, "date_of_birth": date_of_birth})
        cookies: SimpleCookie = SimpleCookie(answer.headers["set-cookie"])
        self._session = cookies[COOKIE].value

    def fill_in(self, pages: Mapping[str, dict[str, Any]] = PAGES) -> None:
        """Insurance, delivery, consent; what is signed is what was shown."""
        for page, answers in pages.items():
            shown = {"agreements": self.shown_consents()} if page == "consent" else {}
            self._send("PUT", f"enrollment/{page}", {**answers, **shown})

    def shown_consents(self) -> list[dict[str, str]]:
        """The consents by id, version and hash of their words."""
        shown = self._send("GET", "enrollment/consents").json()["consents"]
        return [{name: each[name] for name in ("id", "version", "text_hash")} for each in shown]

    def upload_card(self, side: str = "front") -> None:
        """Post the photo straight to the bucket, then have it checked."""
        form = self._send("POST", "uploads", {"side": side, "media_type": PHOTO_TYPE}).json()
        posted = self.http.post(
            form["url"],
            data=form["fields"],
            files={"file": (f"{side}.png", PHOTO, PHOTO_TYPE)},
        )
        if posted.is_error:
            raise Refused(posted)
        self._send("POST", f"uploads/{side}/complete")

    def ask_code(self) -> str:
        """Have a code sent; answers the channel it comes by."""
        return str(self._send("POST", "code").json()["channel"])

    def confirm(self, code: str) -> None:
        self._send("POST", "code/confirm", {"code": code})

    def check_answers(self) -> dict[str, Any]:
        """What was typed, as the last page shows it: only after the code."""
        return dict(self._send("GET", "enrollment?full=true").json()["answers"])

    def submit(self) -> None:
        """Sign and send."""
        self._send("POST", "submit")

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {"Host": self.portal, "Sec-Fetch-Site": "same-origin"}
        if self._session:
            headers["Cookie"] = f"{COOKIE}={self._session}"
        self.requests += 1
        url = f"{self.address}/api/v1/portal/{path}"
        answer = self.http.request(method, url, headers=headers, json=body)
        if answer.is_error:
            raise Refused(answer)
        return answer
