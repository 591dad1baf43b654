"""What patients answer by SMS: STOP, START and HELP; nothing else is kept or read."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from pharmonico.fulfillment.notification.ways import remember_stop

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.templates import Language
    from pharmonico.fulfillment.notification.ways import Manners
    from pharmonico.kit.clock import Clock

Word = Literal["stop", "start", "help"]

_SPOKEN: dict[tuple[Word, Language], str] = {
    ("stop", "en"): "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE",
    ("stop", "es"): "PARAR PARE ALTO CANCELAR",
    ("start", "en"): "START UNSTOP YES",
    ("start", "es"): "INICIAR EMPEZAR",
    ("help", "en"): "HELP INFO",
    ("help", "es"): "AYUDA",
}
KEYWORDS = MappingProxyType(
    {word: meaning for meaning, words in _SPOKEN.items() for word in words.split()}
)
"""Twilio's default keywords and their Spanish sisters; alone in a message, in any case."""

REPLIES: MappingProxyType[tuple[Word, Language], str] = MappingProxyType(
    {
        ("stop", "en"): "Pharmonico: no more SMS will come. Text START to get them again.",
        ("stop", "es"): "Pharmonico: ya no recibe SMS. Envie START para recibirlos de nuevo.",
        ("start", "en"): "Pharmonico: you get SMS about your orders again. Text STOP to stop.",
        ("start", "es"): "Pharmonico: recibe de nuevo SMS de sus pedidos. Para parar: STOP.",
        ("help", "en"): (
            "Pharmonico: SMS about your orders. Your clinic can help you. Message and data rates"
            " may apply. Text STOP to stop."
        ),
        ("help", "es"): (
            "Pharmonico: SMS de sus pedidos. Su consultorio le ayuda. Pueden aplicarse tarifas."
            " Para parar: STOP."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message meant, and the answer to it where one is due."""

    word: Word | None
    reply: str = ""


def hear(phone: str, text: str, *, is_answered: bool, manners: Manners, clock: Clock) -> Heard:
    """Take the last word of a number; `is_answered` when the provider has replied by itself.

    Heard twice it changes nothing.
    """
    meaning = KEYWORDS.get(text.strip(" \t\r\n.!").upper())
    if meaning is None:
        return Heard(None)
    word, _ = meaning
    if word != "help":
        remember_stop(phone, stopped=word == "stop", manners=manners, clock=clock)
    return Heard(word, "" if is_answered else REPLIES[meaning])
