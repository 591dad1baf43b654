"""Orders in memory, with the same conditions as the table: what passes here passes there."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.adapters.memory.loads import MemoryLoads
from pharmonico.fulfillment.errors import DuplicateMessage, OrderNotFound
from pharmonico.fulfillment.ports import OrderPage, Pointer, Pointers
from pharmonico.fulfillment.query import matches
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientPaper
    from pharmonico.fulfillment.ports import OrderQuery
    from pharmonico.fulfillment.status import Status

    Doc = TypeVar("Doc", bound=Document)


class MemoryOrders:
    """`events` collects what a stream would publish, in the order of the writes.

    `loads` are the counters of pharmacies' days, which lie beside the orders.
    """

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}
        self._documents: dict[tuple[str, str, str], Document] = {}
        self._messages: dict[str, Pointer] = {}
        self._numbers: dict[str, Pointer] = {}
        self._parcels: dict[str, Pointer] = {}
        self._lock = RLock()
        self.loads = MemoryLoads()
        self.events: list[Event[Any]] = []

    def get(self, order_id: str) -> Order:
        try:
            return self._orders[order_id]
        except KeyError:
            raise OrderNotFound from None

    def create(
        self,
        order: Order,
        *,
        pointers: Pointers,
        events: Sequence[Event[Any]],
        documents: Sequence[Document],
    ) -> Order:
        with self._lock:
            taken = self._messages.get(pointers.message)
            if taken is not None:
                raise DuplicateMessage(taken.order_id, taken.body_hash)
            pointer = Pointer(order.id, pointers.body_hash)
            self._messages[pointers.message] = pointer
            if pointers.order_number is not None:
                self._numbers[pointers.order_number] = pointer
            return self._write(order, events, documents)

    def save(
        self,
        order: Order,
        *,
        events: Sequence[Event[Any]] = (),
        documents: Sequence[Document] = (),
        parcel: str | None = None,
        papers: Sequence[PatientPaper] = (),
    ) -> Order:
        with self._lock:
            if self.get(order.id).version != order.version:
                raise VersionConflict
            for document in documents:
                self._check(order.id, document)
            for paper in papers:
                self._check_paper(paper)
            self.loads.count(order)
            for paper in papers:
                self._put(paper.owner, paper)
            if parcel is not None:
                self._parcels[parcel] = Pointer(order.id, "")
            return self._write(order, events, documents)

    def page(self, query: OrderQuery) -> OrderPage:
        newest_first = not query.oldest_first
        ordered = sorted(self._orders.values(), key=lambda it: it.id, reverse=newest_first)
        fitting = [order for order in ordered if matches(order, query)]
        items = tuple(fitting[: query.limit])
        more = len(fitting) > query.limit
        return OrderPage(items, items[-1].id if more else None)

    def count(self, status: Status, *, limit: int) -> int:
        return min(limit, sum(order.status is status for order in self._orders.values()))

    def several(self, order_ids: Sequence[str]) -> tuple[Order, ...]:
        return tuple(self._orders[each] for each in order_ids if each in self._orders)

    def find_message(self, key: str) -> Pointer | None:
        return self._messages.get(key)

    def find_order_number(self, key: str) -> Pointer | None:
        return self._numbers.get(key)

    def find_parcel(self, key: str) -> Pointer | None:
        return self._parcels.get(key)

    def document(self, order_id: str, kind: type[Doc], key: str = "1") -> Doc | None:
        found = self._documents.get((order_id, kind.kind, key))
        return found if isinstance(found, kind) else None

    def get_with(self, order_id: str, kind: type[Doc], key: str = "1") -> tuple[Order, Doc | None]:
        return self.get(order_id), self.document(order_id, kind, key)

    def documents(self, order_id: str, kind: type[Doc], beginning: str = "") -> tuple[Doc, ...]:
        mine = (
            document
            for (owner, _, key), document in sorted(self._documents.items())
            if owner == order_id and key.startswith(beginning)
        )
        return tuple(document for document in mine if isinstance(document, kind))[:100]

    def folder(
        self, order_id: str, kinds: Sequence[type[Document]]
    ) -> tuple[Order, dict[str, tuple[Document, ...]]]:
        order = self.get(order_id)
        return order, {kind.kind: self.documents(order_id, kind) for kind in kinds}

    def put_document(self, order_id: str, document: Doc) -> Doc:
        with self._lock:
            self._check(order_id, document)
            return self._put(order_id, document)

    def replace_papers(
        self, papers: Sequence[PatientPaper], *, dropped: tuple[str, str, str]
    ) -> None:
        """Write papers of patients and drop another, which must still be there, or nothing."""
        with self._lock:
            if dropped not in self._documents:
                raise VersionConflict
            for paper in papers:
                self._check_paper(paper)
            del self._documents[dropped]
            for paper in papers:
                self._put(paper.owner, paper)

    def _check_paper(self, paper: PatientPaper) -> None:
        if paper.is_guarded:
            self._check(paper.owner, paper)

    def _check(self, order_id: str, document: Document) -> None:
        stored = self._documents.get((order_id, document.kind, document.key))
        if (stored.version if stored else 0) != document.version:
            raise VersionConflict

    def _put(self, order_id: str, document: Doc) -> Doc:
        raised = document.model_copy(update={"version": document.version + 1})
        self._documents[order_id, document.kind, document.key] = raised
        return raised

    def _write(
        self, order: Order, events: Sequence[Event[Any]], documents: Sequence[Document]
    ) -> Order:
        raised = order.written()
        self._orders[order.id] = raised
        for document in documents:
            self._put(order.id, document)
        self.events.extend(events)
        return raised
