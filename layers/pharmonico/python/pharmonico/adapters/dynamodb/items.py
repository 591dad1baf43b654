"""Orders, documents and pointers as items: keys and conditions as attributes, the rest one JSON.

One JSON attribute keeps an item small, quick to write and exact (no Decimal detours); what a
condition or an index needs stands beside it. Large papers are packed, and the order is always:
it is written most of all, and together with its events.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.adapters.dynamodb import keys
from pharmonico.fulfillment.order import Order
from pharmonico.kit.packing import pack, pack_text, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.patients.papers import PatientPaper
    from pharmonico.fulfillment.ports import Pointers

    Doc = TypeVar("Doc", bound=Document)

PACKED_OVER_BYTES = 900
"""A write is paid by the KB begun, and keys and version need some of the first."""


def order_item(order: Order, events: Sequence[Event[Any]]) -> keys.Item:
    """The order with its raised version; `outbox` only where this write has events to publish."""
    raised = order.written()
    item: keys.Item = {
        **keys.order_key(order.id),
        "id": {"S": order.id},
        "gsi_status": {"S": order.status.value},
        "version": {"N": str(raised.version)},
        "body": {"B": pack(raised.model_dump_json(exclude_none=True))},
    }
    if events:
        told = json.dumps([envelope(event) for event in events], separators=(",", ":"))
        item["outbox"] = {"S": pack_text(told)}
    return item


def envelope(event: Event[Any]) -> dict[str, Any]:
    """What the publisher hands to EventBridge: source, detail type and detail."""
    return {
        "source": event.source,
        "detail_type": event.detail_type,
        "detail": event.model_dump(mode="json"),
    }


def read_order(item: keys.Item) -> Order:
    return Order.model_validate_json(body_of(item))


def body_of(item: keys.Item) -> str:
    """The JSON of an order or a document."""
    body = item["body"]
    return str(body["S"]) if "S" in body else unpack(body["B"])


def document_item(order_id: str, document: Document) -> keys.Item:
    return _document_item(keys.document_key(order_id, document.kind, document.key), document)


def paper_item(paper: PatientPaper) -> keys.Item:
    """A patient's paper, under the patient instead of a prescription."""
    return _document_item(keys.paper_key(paper.owner, paper.kind, paper.key), paper)


def _document_item(key: keys.Item, document: Document) -> keys.Item:
    raised = document.model_copy(update={"version": document.version + 1})
    return {
        **key,
        "version": {"N": str(raised.version)},
        "body": _packed(raised.model_dump_json(exclude_none=True)),
    }


def read_document(item: keys.Item, kind: type[Doc]) -> Doc:
    return kind.model_validate_json(body_of(item))


def _packed(body: str) -> dict[str, Any]:
    """As text while it fits the unit that is paid anyway, else packed."""
    if len(body) <= PACKED_OVER_BYTES:
        return {"S": body}
    return {"B": pack(body)}


def pointer_items(order_id: str, pointers: Pointers) -> list[keys.Item]:
    leads_to = {"order_id": {"S": order_id}, "body_hash": {"S": pointers.body_hash}}
    items = [{**keys.message_key(pointers.message), **leads_to}]
    if pointers.order_number is not None:
        items.append({**keys.order_number_key(pointers.order_number), **leads_to})
    return items


def parcel_item(order_id: str, parcel: str) -> keys.Item:
    leads_to = {"order_id": {"S": order_id}, "body_hash": {"S": ""}}
    return {**keys.parcel_key(parcel), **leads_to}
