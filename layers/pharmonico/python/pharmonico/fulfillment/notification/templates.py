"""Messages to patients: words by language, wrapped into e-mail (HTML and text) and SMS.

A message says that something waits or happened, never what: no drug, condition, date of birth or
full name. An SMS is one segment: at most 160 characters, all of the GSM alphabet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Literal

from pharmonico.fulfillment.notification import templates_en, templates_es

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.fulfillment.notification.templates_words import Words

SMS_CHARS_MAX = 160

Language = Literal["en", "es"]


class Template(StrEnum):
    ENROLLMENT = "enrollment"
    ENROLLMENT_REMINDER = "enrollment_reminder"
    CODE = "code"
    PAYMENT = "payment"
    PAYMENT_REMINDER = "payment_reminder"
    RECEIPT = "receipt"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    PROBLEM = "problem"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


_WORDS: dict[Language, Mapping[str, Words]] = {
    "en": templates_en.WORDS,
    "es": templates_es.WORDS,
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message in every form; the channel takes the one it can carry."""

    subject: str
    text: str
    html: str
    sms: str


def render(template: Template, language: Language, values: Mapping[str, str]) -> Message:
    """The message with its values filled in; a value that the words name must be given."""
    words = _WORDS[language][template]
    paragraphs = [line.format_map(values) for line in words.paragraphs]
    button = words.button.format_map(values)
    link = values["link"] if button else ""
    footer = _WORDS[language]["footer"].paragraphs[0]
    return Message(
        subject=words.subject.format_map(values),
        text="\n\n".join([*paragraphs, *([link] if link else []), footer]) + "\n",
        html=_page(language, paragraphs, button, link, footer),
        sms=words.sms.format_map(values),
    )


def _page(language: str, paragraphs: list[str], button: str, link: str, footer: str) -> str:
    """Plain markup with inline styles, which is what mail programs understand."""
    body = [f'<p style="{_TEXT}">{escape(line)}</p>' for line in paragraphs]
    if link:
        body.append(f'<p><a style="{_BUTTON}" href="{escape(link)}">{escape(button)}</a></p>')
    body.append(f'<p style="{_FOOTER}">{escape(footer)}</p>')
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Pharmonico</title></head>'
        f'<body style="{_BODY}">{"".join(body)}</body></html>'
    )


_BODY = "margin:0 auto;max-width:34rem;padding:1.5rem;font-family:sans-serif;color:#1b1b1b"
_TEXT = "font-size:1rem;line-height:1.5"
_BUTTON = (
    "display:inline-block;padding:.75rem 1.25rem;border-radius:.25rem;"
    "background:#005ea2;color:#ffffff;font-weight:bold;text-decoration:none"
)
_FOOTER = "font-size:.875rem;line-height:1.5;color:#565c65"
