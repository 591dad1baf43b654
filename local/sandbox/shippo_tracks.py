"""Where parcels are: Shippo's tracking statuses, its magic numbers, and how a parcel moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.sandbox.shippo_objects import DAY_S, stamped
from local.sandbox.state import iso

if TYPE_CHECKING:
    from local.sandbox.state import Json

# move -> (status, substatus code, action required, words)
MOVES = {
    "UNKNOWN": ("UNKNOWN", "other", False, "The carrier has no news yet."),
    "PRE_TRANSIT": ("PRE_TRANSIT", "information_received", False, "Label created."),
    "TRANSIT": ("TRANSIT", "package_departed", False, "The parcel left a carrier facility."),
    "OUT_FOR_DELIVERY": ("TRANSIT", "out_for_delivery", False, "Out for delivery."),
    "DELIVERED": ("DELIVERED", "delivered", False, "The parcel was delivered."),
    "FAILURE": ("FAILURE", "package_undeliverable", True, "The parcel cannot be delivered."),
    "RETURNED": ("RETURNED", "return_to_sender", True, "The parcel goes back to the sender."),
}
# What each magic number has been through, as Shippo's own test mode tells it.
MAGIC = {
    "SHIPPO_UNKNOWN": ("UNKNOWN",),
    "SHIPPO_PRE_TRANSIT": ("PRE_TRANSIT",),
    "SHIPPO_TRANSIT": ("PRE_TRANSIT", "TRANSIT"),
    "SHIPPO_DELIVERED": ("PRE_TRANSIT", "TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED"),
    "SHIPPO_FAILURE": ("PRE_TRANSIT", "TRANSIT", "FAILURE"),
    "SHIPPO_RETURNED": ("PRE_TRANSIT", "TRANSIT", "RETURNED"),
}
HISTORY_ITEMS_MAX = 50
PLACE_FIELDS = ("city", "state", "zip", "country")


def place(address: Json) -> Json:
    return {name: address.get(name) for name in PLACE_FIELDS}


def status(move: str, *, at: float, where: Json | None) -> Json:
    code, substatus, action_required, words = MOVES[move]
    base = {name: value for name, value in stamped(at).items() if name != "object_owner"}
    return base | {
        "status": code,
        "substatus": {"code": substatus, "text": words, "action_required": action_required},
        "status_date": iso(at),
        "status_details": words,
        "location": where,
    }


def track(carrier: str, number: str, *, metadata: str = "") -> Json:
    """A number the carrier has not scanned yet."""
    return {
        "carrier": carrier,
        "tracking_number": number,
        "address_from": None,
        "address_to": None,
        "eta": None,
        "original_eta": None,
        "servicelevel": {"token": None, "name": None},
        "metadata": metadata,
        "tracking_status": None,
        "tracking_history": [],
        "transaction": None,
        "test": True,
        "messages": [],
    }


def magic_track(carrier: str, number: str, *, at: float, metadata: str = "") -> Json:
    steps = MAGIC[number]
    made = track(carrier, number, metadata=metadata)
    for age, step in zip(range(len(steps) - 1, -1, -1), steps, strict=True):
        advance(made, step, at=at - age * DAY_S)
    return made


def bought_track(rate: Json, shipment: Json, bought: Json, *, at: float) -> Json:
    made = track(rate["provider"].lower(), bought["tracking_number"], metadata=bought["metadata"])
    made |= {
        "address_from": place(shipment["address_from"]),
        "address_to": place(shipment["address_to"]),
        "eta": bought["eta"],
        "original_eta": bought["eta"],
        "servicelevel": {name: rate["servicelevel"][name] for name in ("token", "name")},
        "transaction": bought["object_id"],
    }
    advance(made, "PRE_TRANSIT", at=at)
    return made


def advance(moved: Json, move: str, *, at: float) -> None:
    """Add one scan to the history and make it the current status."""
    arrived = move in ("OUT_FOR_DELIVERY", "DELIVERED")
    where = moved["address_to"] if arrived else moved["address_from"]
    scan = status(move, at=at, where=where)
    moved["tracking_status"] = scan
    moved["tracking_history"] = [*moved["tracking_history"], scan][-HISTORY_ITEMS_MAX:]
