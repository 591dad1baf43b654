"""Tables outlive LocalStack, which keeps nothing: the companion has them still."""

from __future__ import annotations

from typing import Any

# What makes two tables of one name the same; the rest can be set on a table that is there.
SHAPE = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
INDEX_SHAPE = ("IndexName", "KeySchema", "Projection")
STREAM = "StreamSpecification"


class KeptTables:
    """The tables that were there when the engine started; each is taken over once."""

    def __init__(self, dynamodb: Any) -> None:
        self._dynamodb = dynamodb
        pages = dynamodb.get_paginator("list_tables").paginate()
        names = [name for page in pages for name in page["TableNames"]]
        self._tables = {name: self._described(name) for name in names}

    def taken_over(self, wanted: dict[str, Any]) -> dict[str, Any] | None:
        """The description of a kept table of this name and shape; None where there is none.

        Of another shape it is left to the companion, which answers that the name is taken.
        """
        name = wanted["TableName"]
        kept = self._tables.get(name)
        if kept is None or shape(kept) != shape(wanted):
            return None
        del self._tables[name]
        if wanted.get(STREAM) in (None, kept.get(STREAM)):
            return kept
        self._dynamodb.update_table(TableName=name, StreamSpecification=wanted[STREAM])
        return self._described(name)

    def _described(self, name: str) -> dict[str, Any]:
        return dict(self._dynamodb.describe_table(TableName=name)["Table"])


def shape(table: dict[str, Any]) -> dict[str, list[str]]:
    """Keys and indexes, in an order of their own."""
    return {part: sorted(map(_text, table.get(part) or [])) for part in SHAPE}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        named = INDEX_SHAPE if "IndexName" in value else sorted(value)
        return str([(key, _text(value.get(key))) for key in named])
    return str(sorted(map(_text, value))) if isinstance(value, list) else str(value)
