"""What happens to parcels at the played Shippo: rates, labels, voids, moves."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from local.sandbox import shippo_objects as objects
from local.sandbox import shippo_tracks as tracks
from local.sandbox.shippo_manifests import Manifests
from local.sandbox.shippo_objects import ShippoRefusedError
from local.sandbox.state import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.state import Json, Shelf, State
    from local.sandbox.webhooks import Webhooks

BROKEN_STREET = "LABEL ERROR"
PARCELS_MAX = 20


class Depot:
    """Use cases over the stored objects; each move of a parcel sends `track_updated`."""

    def __init__(self, *, state: State, webhooks: Webhooks) -> None:
        self._addresses = state.shelf("shippo.addresses")
        self._parcels = state.shelf("shippo.parcels")
        self._shipments = state.shelf("shippo.shipments")
        self._rates = state.shelf("shippo.rates")
        self._transactions = state.shelf("shippo.transactions")
        self._refunds = state.shelf("shippo.refunds")
        self._tracks = state.shelf("shippo.tracks")
        self._webhooks = webhooks
        self.manifests = Manifests(state=state)

    def add_address(self, order: Json) -> Json:
        made = objects.address(order, at=now())
        return self._addresses.put(made["object_id"], made)

    def address(self, identifier: str) -> Json:
        return _found(self._addresses, identifier)

    def validate_address(self, identifier: str) -> Json:
        found = self.address(identifier)
        found["validation_results"] = objects.verdict(found)
        return found

    def add_parcel(self, order: Json) -> Json:
        made = objects.parcel(order, at=now())
        return self._parcels.put(made["object_id"], made)

    def parcel(self, identifier: str) -> Json:
        return _found(self._parcels, identifier)

    def add_shipment(self, order: Json) -> Json:
        made = objects.stamped(now()) | {
            "status": "SUCCESS",
            "address_from": self._address_in(order, "address_from"),
            "address_to": self._address_in(order, "address_to"),
            "parcels": self._parcels_in(order),
            "metadata": str(order.get("metadata") or "")[:100],
            "shipment_date": order.get("shipment_date"),
            "carrier_accounts": order.get("carrier_accounts") or [],
            "extra": order.get("extra") or {},
            "messages": [],
        }
        made["address_return"] = made["address_from"]
        self._rate(made)
        return self._shipments.put(made["object_id"], made)

    def shipment(self, identifier: str) -> Json:
        return _found(self._shipments, identifier)

    def rate(self, identifier: str) -> Json:
        return _found(self._rates, identifier)

    def buy(self, order: Json, *, labels_url: str) -> Json:
        """Buy the label of a rate: buying the same rate twice costs twice, as in life."""
        rate = self._rates.get(str(order.get("rate")))
        if rate is None:
            raise ShippoRefusedError({"rate": ["Rate does not exist."]})
        shipment = self.shipment(rate["shipment"])
        if BROKEN_STREET in str(shipment["address_to"].get("street1")).upper():
            made = objects.failed_transaction(rate, order, at=now())
            return self._transactions.put(made["object_id"], made)
        made = objects.transaction(rate, order, at=now(), labels_url=labels_url)
        track = tracks.bought_track(rate, shipment, made, at=now())
        self._tracks.put(_key(track["carrier"], track["tracking_number"]), track)
        return self._transactions.put(made["object_id"], made)

    def buy_instantly(self, order: Json, *, labels_url: str) -> Json:
        shipment = self.add_shipment(order.get("shipment") or {})
        wanted = order.get("servicelevel_token")
        rates = [r for r in shipment["rates"] if r["servicelevel"]["token"] == wanted]
        if not rates:
            raise ShippoRefusedError({"servicelevel_token": ["No rate for this service level."]})
        return self.buy(order | {"rate": rates[0]["object_id"]}, labels_url=labels_url)

    def transaction(self, identifier: str) -> Json:
        return _found(self._transactions, identifier)

    def transactions(self, wanted: Json) -> list[Json]:
        """Newest first, filtered by `rate`, `object_status` and `tracking_status`."""
        fields = {"rate": "rate", "object_status": "status", "tracking_status": "tracking_status"}
        asked = {ours: wanted[theirs] for theirs, ours in fields.items() if wanted.get(theirs)}
        return [
            label
            for label in self._transactions.newest()
            if all(label.get(name) == value for name, value in asked.items())
        ]

    def void(self, order: Json) -> Json:
        """Refund a label: refused once the carrier has scanned it, an error the second time."""
        label = self._transactions.get(str(order.get("transaction")))
        if label is None:
            raise ShippoRefusedError({"transaction": ["Transaction does not exist."]})
        if label["status"] != "SUCCESS":
            complaint = f"Transaction with status {label['status']} cannot be refunded."
            raise ShippoRefusedError({"transaction": [complaint]})
        unused = label["tracking_status"] in ("PRE_TRANSIT", "UNKNOWN")
        label["status"] = "REFUNDED" if unused else "REFUNDREJECTED"
        made = objects.stamped(now()) | {"transaction": label["object_id"]}
        made["status"] = "SUCCESS" if unused else "ERROR"
        return self._refunds.put(made["object_id"], made)

    def refund(self, identifier: str) -> Json:
        return _found(self._refunds, identifier)

    def refunds(self) -> list[Json]:
        return list(self._refunds.newest())

    def track(self, carrier: str, number: str) -> Json:
        """The parcel, a magic number's story, or a number nobody has scanned."""
        known = self._tracks.get(_key(carrier, number))
        if known is not None:
            return known
        if number in tracks.MAGIC:
            return tracks.magic_track(carrier, number, at=now())
        return tracks.track(carrier, number)

    def register(self, carrier: str, number: str, metadata: str) -> Json:
        """Ask to be told about a number; a magic one reports at once."""
        found = self.track(carrier, number)
        found["metadata"] = metadata or found["metadata"]
        self._tracks.put(_key(carrier, number), found)
        if number in tracks.MAGIC:
            self._tell(found)
        return found

    def parcels_in_care(self) -> Iterator[Json]:
        return self._tracks.newest()

    def parcel_on_the_way(self, number: str) -> Json:
        found = [t for t in self._tracks.newest() if t["tracking_number"] == number]
        if not found:
            raise ShippoRefusedError({"detail": "No such parcel."}, status=404)
        return found[0]

    def move(self, number: str, step: str) -> Json:
        """Let the carrier scan a parcel; any order of scans is possible, as with carriers."""
        if step not in tracks.MOVES:
            raise ShippoRefusedError({"status": [f"One of {', '.join(tracks.MOVES)}."]})
        moved = self.parcel_on_the_way(number)
        tracks.advance(moved, step, at=now())
        label = self._transactions.get(str(moved["transaction"]))
        if label is not None:
            label["tracking_status"] = moved["tracking_status"]["status"]
        self._tell(moved)
        return moved

    def _tell(self, moved: Json) -> None:
        body = {"event": "track_updated", "test": True, "carrier": moved["carrier"]}
        number = moved["tracking_number"]
        self._webhooks.send("shippo", "track_updated", body | {"data": moved}, about=number)

    def _rate(self, made: Json) -> None:
        if objects.verdict(made["address_to"])["is_valid"]:
            made["rates"] = objects.rates(made["object_id"], made["parcels"], at=now())
        else:
            text = "The destination address is not valid."
            made["rates"] = []
            made["messages"] = [{"source": "USPS", "code": "invalid_postal_code", "text": text}]
        for rate in made["rates"]:
            self._rates.put(rate["object_id"], rate)

    def _address_in(self, order: Json, name: str) -> Json:
        given = order.get(name)
        if isinstance(given, str):
            return self.address(given)
        if not isinstance(given, dict):
            raise ShippoRefusedError({name: ["This field is required."]})
        return copy.deepcopy(self.add_address(given))

    def _parcels_in(self, order: Json) -> list[Json]:
        given = order.get("parcels")
        boxes = given if isinstance(given, list) else [given]
        if not given or len(boxes) > PARCELS_MAX:
            raise ShippoRefusedError({"parcels": ["This field is required."]})
        return [self._parcel_in(box) for box in boxes]

    def _parcel_in(self, box: Any) -> Json:
        if isinstance(box, str):
            return self.parcel(box)
        if not isinstance(box, dict):
            raise ShippoRefusedError({"parcels": ["Expected a parcel."]})
        return self.add_parcel(box)


def _key(carrier: str, number: str) -> str:
    return f"{carrier}/{number}"


def _found(shelf: Shelf, identifier: str) -> Json:
    found = shelf.get(identifier)
    if found is None:
        raise ShippoRefusedError({"detail": "Not found."}, status=404)
    return found
