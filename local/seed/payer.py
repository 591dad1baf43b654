"""The simulated payer's plans, written as its own adapter writes them."""

from __future__ import annotations

from typing import Any

from pharmonico.adapters.dynamodb.payer_book import DynamoBook

from local.seed.payer_plans import PLANS


def seed_payer(client: Any, table: str) -> None:
    """Load every plan; loading them again changes nothing."""
    book = DynamoBook(client, table)
    for plan in PLANS:
        book.put_plan(plan)
