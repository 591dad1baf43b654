"""The safety net under the carrier's webhooks: ask about every parcel that is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.shipping.tracking import MOVED, ON_THE_WAY, apply_scan, flag_silence
from pharmonico.kit.errors import PharmonicoError, Unavailable

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.fulfillment.shipping.carriers import Carriers
    from pharmonico.kit.clock import Clock

BATCH_MAX = 100
"""Parcels asked about in one call; the next call goes on where this one ended."""

CURSOR = "track_poller#after"
CURSOR_TTL_S = 86_400


@dataclass(frozen=True, slots=True)
class Poll:
    asked: int
    moved: int
    silent: int
    """Parcels flagged because nobody has heard of them for days."""
    failed: tuple[str, ...]
    """Ids of prescriptions whose parcel could not be asked about; the next round tries again."""


def poll(*, orders: Orders, tokens: Tokens, carriers: Carriers, clock: Clock) -> Poll:
    """Ask about a batch; `Unavailable` when the carrier answered for none of them.

    The cursor moves on first: a batch on which the poller dies has its turn in the next round, and
    keeps no other parcel from being asked about.
    """
    after = tokens.get(CURSOR)
    query = OrderQuery(statuses=tuple(sorted(ON_THE_WAY)), limit=BATCH_MAX, after=after or None)
    page = orders.page(query)
    tokens.put(CURSOR, page.next_after or "", ttl_s=CURSOR_TTL_S)
    moved, silent, failed = 0, 0, []
    for order in page.items:
        try:
            is_moved = _ask(order, orders=orders, carriers=carriers, clock=clock)
            moved += is_moved
            silent += not is_moved and flag_silence(order, orders=orders, clock=clock)
        except PharmonicoError:
            failed.append(order.id)
    if failed and len(failed) == len(page.items):
        tokens.put(CURSOR, after or "", ttl_s=CURSOR_TTL_S)
        raise Unavailable("tracking.unavailable", "No parcel could be asked about.")
    return Poll(asked=len(page.items), moved=moved, silent=silent, failed=tuple(failed))


def _ask(order: Order, *, orders: Orders, carriers: Carriers, clock: Clock) -> bool:
    if order.tracking is None:
        return False
    scan = carriers.scan(order.tracking.carrier, order.tracking.number)
    return scan is not None and apply_scan(scan, orders=orders, clock=clock) is MOVED
