"""The shape of one message's words in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Values stand in braces; a message with a `button` needs the value `link`."""

    subject: str
    paragraphs: tuple[str, ...]
    sms: str
    button: str = ""
