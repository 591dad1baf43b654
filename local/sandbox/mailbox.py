"""Everything the product sent to people: e-mail and SMS with their links and codes pulled out."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from local.sandbox.state import iso, now, token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.state import Json, State

TEXT_CHARS_MAX = 100_000
_URL = re.compile(r"https?://[^\s<>\"']+")
_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d/#=-])\d{6}(?![\d/-])")
_END_OF_SENTENCE = ".,;:!?)]}"


class Mailbox:
    """Two shelves, `mail` and `sms`, filled by the played SES and Twilio."""

    def __init__(self, *, state: State) -> None:
        self._state = state

    def receive(self, kind: str, message: Json) -> Json:
        """Keep one message: `{from, to: [..], subject, text, html}` and what is found in it."""
        number = self._state.next_number()
        text = message.get("text", "")[:TEXT_CHARS_MAX]
        markup = message.get("html", "")[:TEXT_CHARS_MAX]
        kept = {
            "id": token(f"{kind}_", 8),
            "number": number,
            "at": iso(now()),
            "kind": kind,
            **message,
            "text": text,
            "html": markup,
            "links": links_in(text, markup),
            "codes": list(dict.fromkeys(_CODE.findall(_URL.sub(" ", text)))),
        }
        return self._state.shelf(kind).put(kept["id"], kept)

    def newest(self, kind: str, *, to: str = "", since: str = "") -> Iterator[Json]:
        """Newest first; `since` is a message's number or an ISO time, `to` a part of an address."""
        for message in self._state.shelf(kind).newest():
            if since and not _later(message, since):
                return
            if any(to.lower() in address.lower() for address in message["to"]):
                yield message


def _later(message: Json, since: str) -> bool:
    return bool(message["number"] > int(since) if since.isdigit() else message["at"] > since)


def links_in(text: str, markup: str) -> list[str]:
    """Each web address once, in order, those of the HTML part first."""
    hrefs = [html.unescape(found) for found in _HREF.findall(markup)]
    plain = [found.rstrip(_END_OF_SENTENCE) for found in _URL.findall(text)]
    wanted = [link for link in (*hrefs, *plain) if link.startswith(("http://", "https://"))]
    return list(dict.fromkeys(wanted))
