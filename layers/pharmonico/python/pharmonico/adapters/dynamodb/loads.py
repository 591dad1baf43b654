"""How busy pharmacies are: one counter per pharmacy and day, in the table of the orders.

It stands there so that a place is taken by the very transaction that selects the pharmacy.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb import keys
from pharmonico.fulfillment.errors import PharmacyFull

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.fulfillment.loads import Slot
    from pharmonico.fulfillment.order import Order

KEPT = timedelta(days=7)
"""A counter is of no use after its day; the table forgets it a week later."""
BATCH = 100
TRIES = 5


class DynamoLoads:
    """Reads are eventually consistent: what is taken meanwhile, the taking itself refuses."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def taken(self, days: Mapping[str, date]) -> dict[str, int]:
        wanted = [keys.load_key(pharmacy_id, day.isoformat()) for pharmacy_id, day in days.items()]
        found: dict[str, int] = {}
        for start in range(0, len(wanted), BATCH):
            for item in self._read(wanted[start : start + BATCH]):
                found[item["pk"]["S"].removeprefix("load#")] = int(item["n"]["N"])
        return found

    def _read(self, wanted: list[keys.Item]) -> list[keys.Item]:
        items: list[keys.Item] = []
        left: Any = {self._table: {"Keys": wanted, "ProjectionExpression": "pk, n"}}
        for _ in range(TRIES):
            answer = self._client.batch_get_item(RequestItems=left)
            items += answer["Responses"].get(self._table, [])
            left = answer.get("UnprocessedKeys")
            if not left:
                return items
        raise TimeoutError(f"{self._table} answered only a part of the counters")


def counts_of(order: Order) -> list[dict[str, Any]]:
    """The counters that the write of this order raises and lowers."""
    if order.takes == order.frees:
        return []
    counts = []
    if order.takes is not None:
        counts.append(_take(order.takes))
    if order.frees is not None:
        counts.append(_count(order.frees, -1))
    return counts


def _take(slot: Slot) -> dict[str, Any]:
    if slot.capacity < 1:
        raise PharmacyFull
    count = _count(slot, 1)
    count["ConditionExpression"] = "attribute_not_exists(n) OR n < :capacity"
    count["ExpressionAttributeValues"][":capacity"] = {"N": str(slot.capacity)}
    return count


def _count(slot: Slot, by: int) -> dict[str, Any]:
    end = datetime.combine(slot.day, time(), UTC) + KEPT
    return {
        "Key": keys.load_key(slot.pharmacy_id, slot.day.isoformat()),
        "UpdateExpression": "ADD n :by SET expires_at = :end",
        "ExpressionAttributeValues": {
            ":by": {"N": str(by)},
            ":end": {"N": str(int(end.timestamp()))},
        },
    }
