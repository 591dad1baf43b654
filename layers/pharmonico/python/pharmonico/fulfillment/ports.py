"""What fulfilment needs from the outside, as small protocols named in plain plurals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientPaper
    from pharmonico.fulfillment.status import Status

Doc = TypeVar("Doc", bound="Document")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a sender's message or order number leads; `body_hash` tells a replay from a clash."""

    order_id: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Pointers:
    """Keys under which a new order can be found again (fingerprints: no PHI in keys)."""

    message: str
    order_number: str | None
    body_hash: str


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """Filters of the list; `after` is the id the previous page ended with."""

    statuses: tuple[Status, ...] = ()
    pharmacy_id: str | None = None
    plan: str | None = None
    sender: str | None = None
    client_id: str | None = None
    assignee: str | None = None
    on_hold: bool | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    limit: int = 25
    after: str | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page; `next_after` is None on the last. One that leads on may be short, or empty."""

    items: tuple[Order, ...]
    next_after: str | None


class Orders(Protocol):
    """Prescriptions with their documents; a state change and its events are one write."""

    def get(self, order_id: str) -> Order:
        """The order, read consistently; `OrderNotFound`."""
        ...

    def create(
        self,
        order: Order,
        *,
        pointers: Pointers,
        events: Sequence[Event[Any]],
        documents: Sequence[Document],
    ) -> Order:
        """Store a new order with everything about it; `DuplicateMessage` when the key is taken."""
        ...

    def save(
        self,
        order: Order,
        *,
        events: Sequence[Event[Any]] = (),
        documents: Sequence[Document] = (),
        parcel: str | None = None,
        papers: Sequence[PatientPaper] = (),
    ) -> Order:
        """Write on the condition that nobody wrote since it was read; `VersionConflict`.

        Answers the order with its raised version. Documents go in the same transaction, and so
        does `parcel`, a key under which `find_parcel` leads to the order from then on. So do
        `papers` of the patient, the guarded ones on their own versions, and so do the
        places that the order `takes` and `frees` in pharmacies' days; `PharmacyFull` when there
        is none to take.
        """
        ...

    def page(self, query: OrderQuery) -> OrderPage: ...

    def count(self, status: Status, *, limit: int) -> int:
        """How many stand in the status, up to the limit; eventually consistent."""
        ...

    def several(self, order_ids: Sequence[str]) -> tuple[Order, ...]:
        """Those of the orders that there are, in the order of their ids; read consistently."""
        ...

    def find_message(self, key: str) -> Pointer | None: ...

    def find_order_number(self, key: str) -> Pointer | None: ...

    def find_parcel(self, key: str) -> Pointer | None: ...

    def document(self, order_id: str, kind: type[Doc], key: str = "1") -> Doc | None:
        """One document of the order, or None; the newest version, read consistently."""
        ...

    def get_with(self, order_id: str, kind: type[Doc], key: str = "1") -> tuple[Order, Doc | None]:
        """`get` and `document` in one trip."""
        ...

    def documents(self, order_id: str, kind: type[Doc], beginning: str = "") -> tuple[Doc, ...]:
        """All documents of that kind (at most 100), oldest first, or of such keys alone."""
        ...

    def folder(
        self, order_id: str, kinds: Sequence[type[Document]]
    ) -> tuple[Order, dict[str, tuple[Document, ...]]]:
        """The order and the documents of all these kinds in one read, by kind, each as
        `documents` has them; `OrderNotFound`."""
        ...

    def put_document(self, order_id: str, document: Doc) -> Doc:
        """Write one document on its own version; `VersionConflict`."""
        ...


class Machine(Protocol):
    """The state machine's side of a task token and of an execution."""

    def succeed(self, token: str, output: dict[str, Any]) -> bool:
        """Answer the token; False when it is gone (answered, timed out or stopped already)."""
        ...

    def fail(self, token: str, error: str, cause: str = "") -> bool:
        """Fail the token with a named error; False when it is gone."""
        ...

    def stop(self, execution: str, cause: str) -> None:
        """Stop an execution; stopping one that is over or unknown is not an error."""
        ...

    def is_running(self, execution: str) -> bool: ...


class Bus(Protocol):
    """Where events go; only the publisher writes to it."""

    def publish(self, envelopes: Sequence[dict[str, Any]]) -> None:
        """Publish all in order; raises unless every one of them was taken."""
        ...


class Tokens(Protocol):
    """Expiring keys, ElastiCache-style: values, once-only keys and counters."""

    def put(self, key: str, value: str, *, ttl_s: int) -> None: ...

    def put_new(self, key: str, value: str, *, ttl_s: int) -> bool:
        """Store only if absent (or expired); False when somebody was first."""
        ...

    def get(self, key: str) -> str | None: ...

    def swap(self, key: str, value: str, *, ttl_s: int) -> str | None:
        """Store in place of what was there, and answer that: each value is answered once."""
        ...

    def take(self, key: str) -> str | None:
        """Read and delete in one step: only one caller ever gets the value."""
        ...

    def drop(self, key: str) -> None: ...

    def count(self, key: str, *, ttl_s: int) -> int:
        """Add one to a counter that starts at 0 and lives `ttl_s` from its first count."""
        ...

    def count_apart(self, key: str, *, ttl_s: int, pause_s: int) -> int | None:
        """The same, unless the last was less than `pause_s` ago: then None, and nothing counted."""
        ...
