"""Everything that can go wrong in this library; nothing else ever leaves it.

NcpdpError
├── NotReadable         the bytes are not a message: there is no MessageID to relate an answer to
│   ├── Forbidden       a DOCTYPE or an entity, refused before anything is parsed
│   └── TooLarge        a limit on bytes, depth, elements or text was passed
├── WrongVersion        a readable message of a version this library does not read or write
├── UnsupportedMessage  a readable message of another domain than SCRIPT
├── MissingElement      a readable message without something its type needs
├── InvalidValue        a value that cannot be sent was given to a builder or writer
└── InvalidJson         a JSON form with missing or wrong fields, all of them listed in `details`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncpdp.script.model.header import Header
    from ncpdp.script.model.message import ScriptMessage
    from ncpdp.script.model.version import Version


@dataclass(frozen=True, slots=True)
class Detail:
    """One wrong place: a JSON pointer or element path, a stable code, a plain sentence."""

    path: str
    code: str
    sentence: str


class NcpdpError(Exception):
    """A stable `code`, the `path` it concerns, a plain sentence without any value of the message.

    `envelope` is the message as far as it could be read, when at least its header could: it is
    what `replies.reply_error` needs to answer the sender.
    """

    def __init__(
        self,
        sentence: str,
        *,
        code: str,
        path: str = "",
        envelope: ScriptMessage | None = None,
        details: tuple[Detail, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.path = path
        self.envelope = envelope
        self.details = details

    @property
    def header(self) -> Header | None:
        return self.envelope.header if self.envelope else None

    @property
    def version(self) -> Version | None:
        return self.envelope.version if self.envelope else None

    @property
    def message_id(self) -> str | None:
        return self.envelope.header.message_id or None if self.envelope else None

    @property
    def sender(self) -> str | None:
        """The sender's identification: the content of the header's From."""
        return self.envelope.header.from_.id if self.envelope else None


class NotReadable(NcpdpError):
    pass


class Forbidden(NotReadable):
    pass


class TooLarge(NotReadable):
    pass


class WrongVersion(NcpdpError):
    pass


class UnsupportedMessage(NcpdpError):
    pass


class MissingElement(NcpdpError):
    pass


class InvalidValue(NcpdpError):
    pass


class InvalidJson(NcpdpError):
    pass
