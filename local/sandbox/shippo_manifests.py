"""Manifests at the played Shippo: a carrier closes a day out once per label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.sandbox.shippo_objects import ShippoRefusedError, stamped
from local.sandbox.state import now

if TYPE_CHECKING:
    from local.sandbox.state import Json, State

CLOSING_ACCOUNTS = ("sandbox_usps",)


class Manifests:
    """Made of labels that were bought, each of which stands on one sheet."""

    def __init__(self, *, state: State) -> None:
        self._shelf = state.shelf("shippo.manifests")
        self._transactions = state.shelf("shippo.transactions")

    def all(self) -> list[Json]:
        return list(self._shelf.newest())

    def get(self, identifier: str) -> Json:
        found = self._shelf.get(identifier)
        if found is None:
            raise ShippoRefusedError({"detail": "Not found."}, status=404)
        return found

    def make(self, order: Json, *, files_url: str) -> Json:
        """Refused for carriers that make none, for unknown labels and for a second sheet."""
        account = str(order.get("carrier_account") or "")
        if account not in CLOSING_ACCOUNTS:
            raise ShippoRefusedError({"carrier_account": ["This carrier makes no manifests."]})
        wanted = [str(each) for each in order.get("transactions") or []]
        known = [each for each in wanted if self._transactions.get(each) is not None]
        closed = {each for made in self.all() for each in made["transactions"]}
        if not known or known != wanted or closed & set(wanted):
            raise ShippoRefusedError({"transactions": ["Unknown, or on a manifest already."]})
        made = stamped(now()) | {
            "carrier_account": account,
            "shipment_date": order.get("shipment_date"),
            "address_from": "sandbox",
            "status": "SUCCESS",
            "transactions": wanted,
            "errors": None,
        }
        made["documents"] = [f"{files_url}/{made['object_id']}.pdf"]
        return self._shelf.put(made["object_id"], made)
