"""Every key of the orders table. PHI never stands in a key."""

from __future__ import annotations

from typing import Any

STATUS_INDEX = "by_status"
ORDER_SK = "order"
POINTER_SK = "pointer"

Item = dict[str, Any]


def order_key(order_id: str) -> Item:
    return {"pk": {"S": f"rx#{order_id}"}, "sk": {"S": ORDER_SK}}


def document_key(order_id: str, kind: str, key: str) -> Item:
    return {"pk": {"S": f"rx#{order_id}"}, "sk": {"S": f"{kind}#{key}"}}


def message_key(fingerprint: str) -> Item:
    return {"pk": {"S": f"message#{fingerprint}"}, "sk": {"S": POINTER_SK}}


def order_number_key(fingerprint: str) -> Item:
    return {"pk": {"S": f"order_number#{fingerprint}"}, "sk": {"S": POINTER_SK}}


def parcel_key(fingerprint: str) -> Item:
    return {"pk": {"S": f"parcel#{fingerprint}"}, "sk": {"S": POINTER_SK}}


def paper_key(owner: str, kind: str, key: str) -> Item:
    """A patient's paper; owners are blind ids."""
    return {"pk": {"S": owner}, "sk": {"S": f"{kind}#{key}"}}


def load_key(pharmacy_id: str, day: str) -> Item:
    return {"pk": {"S": f"load#{pharmacy_id}"}, "sk": {"S": day}}
