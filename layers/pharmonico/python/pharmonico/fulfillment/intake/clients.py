"""Provider systems and for whom they may speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ncpdp.identifiers import is_npi
from pydantic import BaseModel, ConfigDict

from pharmonico.kit.errors import Forbidden

if TYPE_CHECKING:
    from ncpdp.script import ScriptMessage

ANY = "*"
"""In a binding: every sender or prescriber. For clients that carry the mail of many clinics."""


class Client(BaseModel):
    """A client of the API with the senders (header From) and prescribers (NPI) bound to it."""

    model_config = ConfigDict(frozen=True)

    client_id: str
    name: str
    senders: frozenset[str]
    prescriber_npis: frozenset[str]

    def speaks_as(self, sender: str) -> bool:
        return bool({ANY, sender} & self.senders)

    def prescribes_as(self, npi: str) -> bool:
        return bool({ANY, npi} & self.prescriber_npis)


class Clients(Protocol):
    """The provider systems we know."""

    def get(self, client_id: str) -> Client | None: ...


def check_binding(client_id: str, message: ScriptMessage, *, clients: Clients) -> None:
    """`Forbidden` unless the client may speak for the message's sender and prescriber.

    An NPI that fails its check digit names nobody: such a message of a bound sender is taken in
    and held by validation, as every other wrong value is.
    """
    client = clients.get(client_id)
    if client is None or not client.speaks_as(message.header.from_.id or ""):
        raise Forbidden("sender.not_bound", "This client may not speak for that sender.")
    prescriber = getattr(message.body, "prescriber", None)
    npi = (prescriber.npi if prescriber else None) or ""
    if is_npi(npi) and not client.prescribes_as(npi):
        raise Forbidden("prescriber.not_bound", "This client may not speak for that prescriber.")
