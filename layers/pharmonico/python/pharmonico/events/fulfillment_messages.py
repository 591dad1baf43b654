"""Events about what is said to the prescriber, and what the prescriber answers."""

from __future__ import annotations

from typing import ClassVar

from pharmonico.events.envelope import Event
from pharmonico.events.fulfillment import OrderChange


class LetterChange(OrderChange):
    """`message` is the MessageID of our own message; what it says stays in the record store."""

    message: str
    message_type: str


class LetterOutcome(LetterChange):
    """What came of it, as a stable code."""

    reason: str


class PrescriberMessageRequired(Event[LetterChange]):
    """A message to the prescriber lies ready and is to be sent."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "prescriber_message_required"


class PrescriberMessageFailed(Event[LetterOutcome]):
    """It was refused, or nobody took it after all tries: somebody has to call."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "prescriber_message_failed"


class PrescriberAnswered(Event[LetterOutcome]):
    """The prescriber has answered a request of ours; what it changes is told apart."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "prescriber_answered"


class PrescriptionChanged(Event[LetterOutcome]):
    """The prescriber's answer has changed the drug: it is validated and billed anew."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "prescription_changed"
