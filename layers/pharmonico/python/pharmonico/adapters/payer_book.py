"""The payer's book as its function wires it."""

from __future__ import annotations

from functools import lru_cache

from pharmonico.adapters.clients import client
from pharmonico.adapters.dynamodb.payer_book import DynamoBook
from pharmonico.kit.settings import settings


@lru_cache(maxsize=1)
def book() -> DynamoBook:
    """One per process: it remembers the plans for a minute."""
    return DynamoBook(client("dynamodb"), settings().need("PAYER_TABLE"))
