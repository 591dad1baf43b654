"""SCRIPT messages for the tests: fresh copies of the samples, changed where a test needs it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

import ncpdp
from ncpdp.script import ScriptMessage
from pharmonico.kit.clock import SystemClock

from local.samples import freshened, new_mark, sample


@dataclass(frozen=True)
class Message:
    """A NewRx nobody has sent yet; `mark` is the patient's surname and the key to its mail."""

    mark: str
    text: str

    @property
    def id(self) -> str:
        return self.element("MessageID")

    @property
    def address(self) -> str:
        return f"patient.{self.mark.lower()}@example.org"

    @property
    def raw(self) -> bytes:
        return self.text.encode()

    @property
    def json(self) -> dict[str, Any]:
        """The JSON form of the same message."""
        form: dict[str, Any] = ncpdp.to_json(ncpdp.parse(self.raw))
        return form

    def element(self, name: str) -> str:
        found = re.search(rf"<{name}>([^<]*)", self.text)
        assert found, name
        return found[1]

    def but(self, old: str, new: str) -> Message:
        """The same with every `old` replaced, which must be there."""
        assert old in self.text, old
        return Message(self.mark, self.text.replace(old, new))

    def without(self, element: str) -> Message:
        """The same without an element and what is in it."""
        left = re.sub(rf"\s*<{element}>.*?</{element}>", "", self.text, flags=re.DOTALL)
        assert left != self.text, element
        return Message(self.mark, left)


def a_new_rx(name: str = "newrx") -> Message:
    """A prescription for a patient nobody has met; its ids say nothing of the patient."""
    mark, number = new_mark(), uuid.uuid4().hex[:12]
    text = freshened(sample(name), now=SystemClock().now(), mark=mark).decode()
    text = text.replace(f"<MessageID>{mark}", f"<MessageID>EX-{number}")
    return Message(mark, text.replace(f">PON-{mark}<", f">PON-{number}<"))


def a_cancel_rx(of: Message) -> Message:
    """The prescriber's cancellation of an earlier message."""
    fresh = a_new_rx("cancelrx")
    related = fresh.but(
        f"<RelatesToMessageID>{fresh.element('RelatesToMessageID')}<",
        f"<RelatesToMessageID>{of.id}<",
    )
    number = f"<PrescriberOrderNumber>{fresh.element('PrescriberOrderNumber')}<"
    return related.but(number, f"<PrescriberOrderNumber>{of.element('PrescriberOrderNumber')}<")


def a_member(ending: str = "") -> str:
    """A member id nobody has yet; the sandbox's page of magic values lists the endings."""
    return f"E2E{uuid.uuid4().hex[:8].upper()}{ending}"


def spoken(answer: Any) -> ScriptMessage:
    """The SCRIPT message in an answer."""
    assert answer.headers["content-type"].startswith("application/xml"), answer.text
    message = ncpdp.parse(answer.content)
    assert isinstance(message, ScriptMessage)
    return message
