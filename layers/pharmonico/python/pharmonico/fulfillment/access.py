"""Who is calling: staff and providers by access token, patients by portal session."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from pharmonico.fulfillment.errors import OrderNotFound

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order


class Role(StrEnum):
    """Staff roles are the groups of the user pool; a provider's are its scopes, write and read."""

    OPS = "ops"
    PHARMACIST = "pharmacist"
    PHARMACY_MANAGER = "pharmacy_manager"
    LEDGER_ADMIN = "ledger_admin"
    AUDITOR = "auditor"
    PROVIDER = "provider"
    PROVIDER_READER = "provider_reader"
    PATIENT = "patient"
    ANYONE = "anyone"


STAFF = (
    Role.OPS,
    Role.PHARMACIST,
    Role.PHARMACY_MANAGER,
    Role.LEDGER_ADMIN,
    Role.AUDITOR,
)


PHARMACY_GROUP = "pharmacy."
"""Prefix of the user pool's groups that say which pharmacy somebody belongs to."""


class Kind(StrEnum):
    STAFF = "staff"
    PROVIDER = "provider"
    PROVIDER_READER = "provider_reader"
    PATIENT = "patient"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Caller:
    """A known caller: `client_id` for providers, `prescription_id` for portal sessions,
    `pharmacies` for staff that belong to some."""

    id: str
    kind: Kind
    roles: frozenset[Role]
    client_id: str | None = None
    prescription_id: str | None = None
    pharmacies: frozenset[str] = frozenset()

    def owns(self, order: Order) -> bool:
        """Whether the prescription is in the caller's reach at all (staff reach every one)."""
        if self.kind is Kind.STAFF:
            return True
        if self.kind is Kind.PROVIDER:
            return order.origin.client_id == self.client_id
        return self.kind is Kind.PATIENT and order.id == self.prescription_id


NOBODY = Caller(id="anonymous", kind=Kind.ANYONE, roles=frozenset({Role.ANYONE}))


def reachable(order: Order, caller: Caller) -> Order:
    """The order, or `OrderNotFound`: a stranger does not even learn that it exists."""
    if not caller.owns(order):
        raise OrderNotFound
    return order


class Verifier(Protocol):
    """Turns a bearer token into a caller; `Unauthenticated` for anything it cannot prove."""

    def verify(self, token: str) -> Caller: ...


class Sessions(Protocol):
    """Finds the patient behind a portal session's opaque reference; None when it is over."""

    def caller(self, reference: str) -> Caller | None: ...
