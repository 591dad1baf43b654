"""Provider systems in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pharmonico.fulfillment.intake.clients import Client


class MemoryClients:
    def __init__(self, clients: Iterable[Client] = ()) -> None:
        self._clients = {client.client_id: client for client in clients}

    def get(self, client_id: str) -> Client | None:
        return self._clients.get(client_id)
