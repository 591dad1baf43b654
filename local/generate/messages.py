"""Every message to patients as it reads: a page for people, and the e-mails for a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pharmonico.fulfillment.notification.inbound import REPLIES
from pharmonico.fulfillment.notification.templates import Language, Template, render

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.templates import Message

PAGE = "docs/messages.md"
FOLDER = "tests/unit/notification/snapshots"
LANGUAGES: tuple[Language, ...] = get_args(Language)
VALUES = {
    "link": "https://portal.pharmonico.example/#t=EXAMPLE-LINK-TOKEN",
    "amount": "$12.50",
    "reference": "rx_01K5EXAMP1E000000000000003",
    "carrier": "UPS",
    "tracking": "1Z999AA10123456784",
    "code": "123456",
}
_HEAD = """# Messages to patients

Each in both languages, with example values; written by `python -m local.generate messages`.
The running sandbox shows them as e-mails, too. None says what was prescribed, to whom or why.
"""


def files() -> dict[str, str]:
    """The page, and a file per e-mail."""
    found = {PAGE: _page()}
    for template in Template:
        for language in LANGUAGES:
            message = render(template, language, VALUES)
            found[f"{FOLDER}/{template}.{language}.html"] = message.html + "\n"
    return found


def _page() -> str:
    parts = [_HEAD]
    for template in Template:
        parts.append(f"## {template.replace('_', ' ').capitalize()}\n")
        parts += [_told(language, render(template, language, VALUES)) for language in LANGUAGES]
    parts.append("## Answers to an SMS\n")
    parts += [f"- {word}, {language}: {text}" for (word, language), text in REPLIES.items()]
    return "\n".join(parts) + "\n"


def _told(language: str, message: Message) -> str:
    text = "\n".join(f"> {line}".rstrip() for line in message.text.rstrip().split("\n"))
    sms = f"SMS, {len(message.sms)} characters: {message.sms}"
    return f"**{language}: {message.subject}**\n\n{text}\n\n{sms}\n"
