"""Messages to patients: words by language, wrapped into e-mail (HTML and text) and SMS.

A message says that something waits or happened, never what: no drug, condition, date of birth or
full name. An SMS is one segment: at most 160 characters, all of the GSM alphabet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pharmonico.fulfillment.notification import templates_en, templates_es
from pharmonico.fulfillment.notification.layout import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pharmonico.fulfillment.notification.templates_words import Words

SMS_CHARS_MAX = 160

Language = Literal["en", "es"]


class Template(StrEnum):
    ENROLLMENT = "enrollment"
    ENROLLMENT_REMINDER = "enrollment_reminder"
    VERIFY_INSURANCE = "verify_insurance"
    UPLOAD_CARD = "upload_card"
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
    subject = words.subject.format_map(values)
    return Message(
        subject=subject,
        text="\n\n".join([*paragraphs, *([link] if link else []), footer]) + "\n",
        html=page(language, subject, paragraphs, button=button, link=link, footer=footer),
        sms=words.sms.format_map(values),
    )
