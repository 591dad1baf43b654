"""Provider systems and for whom they may speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ncpdp.identifiers import is_npi
from pydantic import BaseModel, ConfigDict, Field

from pharmonico.kit.errors import Forbidden

if TYPE_CHECKING:
    from ncpdp.script import ScriptMessage

ANY = "*"
"""In a binding: every sender or prescriber. For clients that carry the mail of many clinics."""


class Client(BaseModel):
    """A client of the API with the senders (header From) and prescribers (NPI) bound to it.

    `endpoint_url` takes our messages to its prescribers by HTTP POST; `endpoint_credential` names
    the bearer token among the providers' keys, which are kept apart.
    """

    model_config = ConfigDict(frozen=True)

    client_id: str
    name: str
    senders: frozenset[str]
    prescriber_npis: frozenset[str]
    endpoint_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    endpoint_credential: str = ""

    def speaks_as(self, sender: str) -> bool:
        return bool({ANY, sender} & self.senders)

    def prescribes_as(self, npi: str) -> bool:
        return bool({ANY, npi} & self.prescriber_npis)

    def signs_for(self, npi: str) -> bool:
        """An NPI that fails its check digit names nobody: validation holds what bears it."""
        return not is_npi(npi) or self.prescribes_as(npi)


class Clients(Protocol):
    """The provider systems we know."""

    def get(self, client_id: str) -> Client | None: ...


def check_binding(client_id: str, message: ScriptMessage, *, clients: Clients) -> Client:
    """The client; `Forbidden` unless it may speak for the message's sender and prescriber."""
    client = clients.get(client_id)
    if client is None or not client.speaks_as(message.header.from_.id or ""):
        raise Forbidden("sender.not_bound", "This client may not speak for that sender.")
    prescriber = getattr(message.body, "prescriber", None)
    npi = (prescriber.npi if prescriber else None) or ""
    if not client.signs_for(npi):
        raise Forbidden("prescriber.not_bound", "This client may not speak for that prescriber.")
    return client
