"""The envelope around header and body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ncpdp.script.model.bodies import OtherBody
from ncpdp.script.model.version import Version

if TYPE_CHECKING:
    from ncpdp.script.model.bodies import Body
    from ncpdp.script.model.header import Header


@dataclass(frozen=True, slots=True)
class Source:
    """The message as it came, and what was read from it, to write unchanged parts unchanged.

    `original` has no source itself. `received` still has the SOAP envelope, if one was taken off.
    `odd`: there are elements that no field took.
    """

    data: bytes
    original: ScriptMessage
    received: bytes = b""
    odd: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptMessage:
    """A SCRIPT message. `dataclasses.replace` gives a changed one; what is not modelled stays
    with it through `source`. `attributes` are the root attributes where they are not the usual
    ones of the version."""

    header: Header
    body: Body
    version: Version = Version.V2017071
    attributes: tuple[tuple[str, str], ...] = ()
    namespace: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def is_unchanged(self) -> bool:
        """True when it says just what its source says; without a source it never is."""
        return self.source is not None and self == self.source.original

    @property
    def type(self) -> str:
        """The name of the message type, such as `NewRx`."""
        return self.body.name if isinstance(self.body, OtherBody) else self.body.TAG
