"""What a pharmacy hands over on a day: the sheet per carrier, closed once.

Closing is repeated without harm: a label stands on the sheet that its carrier already has for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from pharmonico.fulfillment.cancellation import NOT_SCANNED
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.shipping.papers import HandedOver, Shipment
from pharmonico.fulfillment.shipping.planning import origin_of
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Invalid, PharmonicoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pharmonico.fulfillment.directory import Directory, Hours, Pharmacy
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.shipping.carriers import Carriers, LabelStore
    from pharmonico.kit.clock import Clock

MAKES_SHEETS = frozenset({"usps"})
"""Carriers that close a day out with a sheet of their own; for the others ours is all there is."""

BATCH_MAX = 100
ORDERS_MAX = 2_000
"""Looked at in one call; what is left has its turn in the next."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel that is to be handed over."""

    order: Order
    shipment: Shipment


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parcels of one carrier and account, and whether the carrier has its own sheet."""

    carrier: str
    account: str
    parcels: tuple[Waiting, ...]
    manifest_id: str | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """What closing works with."""

    orders: Orders
    carriers: Carriers
    labels: LabelStore
    clock: Clock


def manifest_key(manifest_id: str) -> str:
    """Where the carrier's sheet lies beside the labels."""
    return f"manifests/{manifest_id}.pdf"


def sheets(pharmacy_id: str, day: date, *, orders: Orders) -> tuple[Sheet, ...]:
    """What leaves on the day, or should have left before, and is on no sheet yet."""
    waiting = sorted(_waiting(pharmacy_id, day, orders=orders), key=_carrier_of)
    return tuple(
        Sheet(carrier, account, tuple(parcels))
        for (carrier, account), parcels in groupby(waiting, key=_carrier_of)
    )


def close_day(pharmacy: Pharmacy, day: date, *, counter: Counter) -> tuple[Sheet, ...]:
    """Close the day at every carrier; answers the sheets with the parcels that stand on them.

    `Invalid` for a day that has not come at the pharmacy: its parcels have not left.
    """
    if day > pharmacy.hours.local(counter.clock.now()).date():
        raise Invalid("manifest.day_to_come", "A day is closed when it has come.")
    closed: list[Sheet] = []
    for sheet in sheets(pharmacy.pharmacy_id, day, orders=counter.orders):
        closed += _close(sheet, pharmacy, day, counter)
    return tuple(closed)


def close_what_is_due(*, directory: Directory, counter: Counter) -> tuple[int, tuple[str, ...]]:
    """Every pharmacy's day whose cut-off has passed: parcels closed, pharmacies that failed."""
    done, failed = 0, []
    for pharmacy_id in sorted(_pharmacies(counter.orders)):
        pharmacy = directory.pharmacy(pharmacy_id)
        if pharmacy is None:
            continue
        try:
            day = _last_day(pharmacy.hours, counter.clock)
            closed = close_day(pharmacy, day, counter=counter)
        except PharmonicoError:
            failed.append(pharmacy_id)
        else:
            done += sum(len(sheet.parcels) for sheet in closed)
    return done, tuple(failed)


def _close(sheet: Sheet, pharmacy: Pharmacy, day: date, counter: Counter) -> Iterator[Sheet]:
    if sheet.carrier not in MAKES_SHEETS:
        yield _marked(sheet, sheet.parcels, None, day, counter)
        return
    left = list(sheet.parcels)
    while left:
        bought = [str(each.shipment.transaction_id) for each in left]
        found = counter.carriers.manifest(origin_of(pharmacy), sheet.account, day, bought)
        pdf = counter.carriers.manifest_pdf(found)
        if pdf is not None:
            counter.labels.put(manifest_key(found.id), pdf)
        covered = [each for each in left if each.shipment.transaction_id in found.covers]
        yield _marked(sheet, covered or left, found.id, day, counter)
        left = [each for each in left if each not in covered] if covered else []


def _marked(
    sheet: Sheet,
    parcels: Sequence[Waiting],
    manifest_id: str | None,
    day: date,
    counter: Counter,
) -> Sheet:
    handed_over = HandedOver(day=day, closed_at=counter.clock.now(), manifest_id=manifest_id)
    for each in parcels:
        on_conflict(partial(_mark, each.order.id, handed_over, counter.orders))
    return Sheet(sheet.carrier, sheet.account, tuple(parcels), manifest_id)


def _mark(order_id: str, handed_over: HandedOver, orders: Orders) -> None:
    """Scans may be noted on the same paper meanwhile."""
    shipment = orders.document(order_id, Shipment)
    if shipment is not None and shipment.handed_over is None and not shipment.voided:
        marked = shipment.model_copy(update={"handed_over": handed_over})
        orders.put_document(order_id, marked)


def _waiting(pharmacy_id: str, day: date, *, orders: Orders) -> Iterator[Waiting]:
    for order in _unscanned(orders, pharmacy_id=pharmacy_id):
        shipment = orders.document(order.id, Shipment)
        if shipment is None or shipment.choice is None or shipment.handed_over is not None:
            continue
        if shipment.choice.leaves_on <= day and shipment.transaction_id is not None:
            yield Waiting(order, shipment)


def _unscanned(orders: Orders, *, pharmacy_id: str | None = None) -> Iterator[Order]:
    after, seen = None, 0
    while seen < ORDERS_MAX:
        page = orders.page(
            OrderQuery((Status.SHIPPED,), pharmacy_id=pharmacy_id, limit=BATCH_MAX, after=after)
        )
        for order in page.items:
            if order.tracking is not None and order.tracking.status in NOT_SCANNED:
                yield order
        seen, after = seen + BATCH_MAX, page.next_after
        if after is None:
            return


def _pharmacies(orders: Orders) -> set[str]:
    return {order.pharmacy_id for order in _unscanned(orders) if order.pharmacy_id}


def _last_day(hours: Hours, clock: Clock) -> date:
    """Today once the cut-off has passed at the pharmacy, else the day before."""
    here = hours.local(clock.now())
    is_over = here.hour * 60 + here.minute >= hours.next_day_cutoff
    return here.date() if is_over else here.date() - timedelta(days=1)


def _carrier_of(each: Waiting) -> tuple[str, str]:
    return str(each.shipment.carrier), each.shipment.account or ""
