"""Where the parcel is: scans in any order and any number of times; the status only moves on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment import Delivered, DeliveryException, ShipmentUpdated
from pharmonico.fulfillment.cancellation import NOT_SCANNED
from pharmonico.fulfillment.machine.work import Outcome
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.status import Status, may_move
from pharmonico.kit.errors import VersionConflict
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.shipping.parcels import Scan
    from pharmonico.kit.clock import Clock

MOVED = Outcome(outcome="moved")
NOTED = Outcome(outcome="noted")
REPEATED = Outcome(outcome="repeated")
UNKNOWN = Outcome(outcome="unknown")

SCANS_MAX = 100
OUT_FOR_DELIVERY = "out_for_delivery"
HANDED_OVER_IN = timedelta(days=5)
"""A box may wait over a long weekend for the day that suits it, and no longer."""

SCANNED_WITHIN = timedelta(days=7)
"""No carrier of ours is silent for a week about a parcel that it still has."""

ON_THE_WAY = frozenset(
    {
        Status.SHIPPED,
        Status.IN_TRANSIT,
        Status.OUT_FOR_DELIVERY,
        Status.DELIVERY_EXCEPTION,
    }
)
"""States in which a scan may move the prescription; in any other it is only noted."""

_MEANS = {
    "TRANSIT": Status.IN_TRANSIT,
    "DELIVERED": Status.DELIVERED,
    "FAILURE": Status.DELIVERY_EXCEPTION,
    "RETURNED": Status.RETURNED,
}
_FINAL = frozenset({Status.DELIVERED, Status.RETURNED})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def parcel_key(carrier: str, number: str) -> str:
    """Under which a parcel leads to its prescription."""
    return fingerprint("parcel", carrier.casefold(), number.upper())


def apply_scan(scan: Scan, *, orders: Orders, clock: Clock) -> Outcome:
    """Work a scan in; only a parcel whose number we stored ourselves is ever touched."""

    def attempt() -> Outcome:
        pointer = orders.find_parcel(parcel_key(scan.carrier, scan.number))
        if pointer is None:
            return UNKNOWN
        order, shipment = orders.get_with(pointer.order_id, Shipment)
        if shipment is None or order.tracking is None or order.tracking.number != scan.number:
            return UNKNOWN
        line = _line(scan)
        is_known = line in shipment.updates
        if is_known and not _is_latest(order, scan):
            return REPEATED
        after, events = _after(order, scan, clock)
        if is_known and not events:
            return REPEATED
        lines = shipment.updates if is_known else (*shipment.updates, line)[-SCANS_MAX:]
        noted = shipment.model_copy(update={"updates": lines})
        orders.save(after, events=events, documents=[noted])
        return MOVED if events else NOTED

    return on_conflict(attempt)


def flag_silence(order: Order, *, orders: Orders, clock: Clock) -> bool:
    """Put a parcel that nobody has heard of for days into the worklist; True when it is there now.

    A later scan takes it out again, as with any trouble on the way; an order that was written
    meanwhile is looked at in the next round.
    """
    reason = _silence(order, clock)
    if reason is None:
        return False
    after = order.moved(Status.DELIVERY_EXCEPTION, at=clock.now(), hold_reason=reason)
    event = record(DeliveryException, after, before=order, clock=clock, reason=reason)
    try:
        orders.save(after, events=[event])
    except VersionConflict:
        return False
    return True


def _silence(order: Order, clock: Clock) -> str | None:
    if order.tracking is None or order.status is Status.DELIVERY_EXCEPTION:
        return None
    since = order.tracking.status_at or order.updated_at
    silent_for = clock.now() - since
    if order.tracking.status in NOT_SCANNED:
        return "tracking.not_handed_over" if silent_for > HANDED_OVER_IN else None
    return "tracking.silent" if silent_for > SCANNED_WITHIN else None


def _line(scan: Scan) -> dict[str, str]:
    """Carrier and number are the shipment's own, so this is what tells scans apart."""
    return {"status": scan.status, "substatus": scan.substatus, "at": scan.at.isoformat()}


def _after(order: Order, scan: Scan, clock: Clock) -> tuple[Order, list[Event[Any]]]:
    now = clock.now()
    seen = order.changed(at=now, tracking=_latest(order, scan))
    target = meaning(scan)
    if target is None or not _moves(order, target, scan):
        return seen, []
    troubled = target in (Status.DELIVERY_EXCEPTION, Status.RETURNED)
    reason = f"tracking.{scan.substatus or scan.status.casefold()}"
    after = seen.moved(target, at=now, hold_reason=reason if troubled else None)
    if troubled:
        return after, [record(DeliveryException, after, before=order, clock=clock, reason=reason)]
    kind = Delivered if target is Status.DELIVERED else ShipmentUpdated
    return after, [record(kind, after, before=order, clock=clock)]


def meaning(scan: Scan) -> Status | None:
    """The status a scan stands for; None for a label that was only printed or no news at all."""
    if scan.status == "TRANSIT" and scan.substatus == OUT_FOR_DELIVERY:
        return Status.OUT_FOR_DELIVERY
    return _MEANS.get(scan.status)


def _moves(order: Order, target: Status, scan: Scan) -> bool:
    """Forward only: a late scan changes nothing, except one that says how the journey ended."""
    if order.status not in ON_THE_WAY or not may_move(order.status, target):
        return False
    return target in _FINAL or scan.at >= _last_seen(order)


def _is_latest(order: Order, scan: Scan) -> bool:
    """Whether it is the carrier's last word so far.

    That one counts again when it is repeated: it may have come while the prescription had failed
    and could not move.
    """
    known = order.tracking
    return known is not None and (known.status, known.status_at) == (scan.status, scan.at)


def _latest(order: Order, scan: Scan) -> Any:
    if order.tracking is None or scan.at < _last_seen(order):
        return order.tracking
    return order.tracking.model_copy(update={"status": scan.status, "status_at": scan.at})


def _last_seen(order: Order) -> datetime:
    known = order.tracking.status_at if order.tracking else None
    return known or _LONG_AGO
