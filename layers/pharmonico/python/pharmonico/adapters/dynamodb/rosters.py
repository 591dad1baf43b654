"""Rosters on DynamoDB: a state's rows packed into a few pages, and a head that tells of changes.

A process reads a state's pages once and keeps the roster. Later it asks the head, at most once a
minute, and reads the pages again only when a writer has raised it.
"""

from __future__ import annotations

import gc
import json
import zlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb import directory_keys as keys
from pharmonico.adapters.dynamodb.writes import write_all
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.routing.roster import Roster, row_of, states_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.roster import Row
    from pharmonico.kit.clock import Clock

    Move = tuple[Pharmacy | None, Pharmacy | None]

PAGES = 4
"""Of one roster: ten thousand pharmacies, as the largest states have, are 200 KB to a page."""
FRESH = timedelta(minutes=1)
KEPT_MAX = 12
"""Rosters a process keeps; the largest takes some 20 MB."""
Page = tuple[str, int]
"""A state, and the number of one of its pages."""


@dataclass(frozen=True, slots=True)
class Kept:
    roster: Roster
    version: int
    checked_at: datetime


class DynamoRosters:
    """One per process: it remembers the rosters it has read."""

    def __init__(self, client: DynamoDBClient, table: str, *, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def roster(self, state: str) -> Roster:
        now, kept = self._clock.now(), self._kept.get(state)
        if kept is None or now - kept.checked_at >= FRESH:
            version = self._version(state)
            if kept is None or kept.version != version:
                kept = Kept(self._read(state), version, now)
            self._keep(state, replace(kept, checked_at=now))
        else:
            self._kept.move_to_end(state)
        return self._kept[state].roster

    def _keep(self, state: str, kept: Kept) -> None:
        self._kept[state] = kept
        self._kept.move_to_end(state)
        if len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)

    def _version(self, state: str) -> int:
        key = keys.roster_head_key(state)
        item = self._client.get_item(TableName=self._table, Key=key).get("Item")
        return int(item["n"]["N"]) if item else 0

    def _read(self, state: str) -> Roster:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :page)",
            ExpressionAttributeValues={
                ":pk": keys.roster_head_key(state)["pk"],
                ":page": {"S": "page#"},
            },
            ConsistentRead=True,  # a page older than the head would be kept until the next change
            PaginationConfig={"MaxItems": PAGES},
        )
        items = (item for page in pages for item in page["Items"])
        roster = Roster(state, (row for item in items for row in _unpacked(item).values()))
        gc.freeze()  # a hundred thousand objects that stay: no later collection looks at them
        return roster


class DynamoRosterPages:
    """What keeps the pages true when pharmacies change."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def keep(self, moves: Iterable[Move]) -> int:
        """Work changes into the pages, in their order; answers how many pages became others.

        Keeping the same changes again changes nothing.
        """
        pages: dict[Page, dict[str, Row | None]] = {}
        for before, after in moves:
            for page, pharmacy_id, row in _changes(before, after):
                pages.setdefault(page, {})[pharmacy_id] = row
        return sum(on_conflict(partial(self._change, page, rows)) for page, rows in pages.items())

    def _change(self, at: Page, rows: Mapping[str, Row | None]) -> bool:
        key = keys.roster_page_key(*at)
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        item = answer.get("Item")
        before = _unpacked(item) if item else {}
        merged = {**before, **rows}
        after = {pharmacy_id: row for pharmacy_id, row in merged.items() if row is not None}
        if after == before:
            return False
        version = int(item["version"]["N"]) if item else 0
        page = _page_item(at, after, version=version + 1)
        write_all(self._client, self._table, [(page, version)], counts=[_raise(at[0])])
        return True


def roster_items(pharmacies: Iterable[Pharmacy]) -> list[Item]:
    """Every page and head of a directory that has none yet."""
    pages: dict[Page, dict[str, Row]] = {}
    for pharmacy in pharmacies:
        for page, pharmacy_id, row in _changes(None, pharmacy):
            if row is not None:
                pages.setdefault(page, {})[pharmacy_id] = row
    heads = ({**keys.roster_head_key(state), "n": {"N": "1"}} for state, _ in pages)
    items = [_page_item(page, rows, version=1) for page, rows in pages.items()]
    return [*items, *{item["pk"]["S"]: item for item in heads}.values()]


def _changes(
    before: Pharmacy | None, after: Pharmacy | None
) -> Iterator[tuple[Page, str, Row | None]]:
    """What a pharmacy's change does to each page it stands on, or stood on."""
    if before is not None:
        gone = states_of(before) - (states_of(after) if after else frozenset())
        for state in gone:
            yield (state, _page_of(before)), before.pharmacy_id, None
    if after is not None:
        for state in states_of(after):
            yield (state, _page_of(after)), after.pharmacy_id, row_of(after, state)


def _page_of(pharmacy: Pharmacy) -> int:
    """Its page is the same in every state."""
    return zlib.crc32(pharmacy.pharmacy_id.encode()) % PAGES


def _page_item(at: Page, rows: Mapping[str, Row], *, version: int) -> Item:
    ordered = [rows[pharmacy_id] for pharmacy_id in sorted(rows)]
    text = json.dumps(ordered, separators=(",", ":"), sort_keys=True)
    return {
        **keys.roster_page_key(*at),
        "version": {"N": str(version)},
        "body": {"B": zlib.compress(text.encode())},
    }


def _unpacked(item: Item) -> dict[str, Row]:
    """The rows of a page by pharmacy."""
    body: Any = item["body"]["B"]
    return {row["pharmacy_id"]: row for row in json.loads(zlib.decompress(body))}


def _raise(state: str) -> dict[str, Any]:
    return {
        "Key": keys.roster_head_key(state),
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
