"""What a local cloud needs before its first prescription; loading it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.seed.directory import CROWD, seed_client, seed_directory
from local.seed.payer import seed_payer
from local.seed.users import seed_users

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.aws import Engine


def seed(
    engine: Engine,
    outputs: dict[str, str],
    *,
    say: Callable[[str], None],
    prescriber_url: str,
    crowd_size: int = CROWD,
) -> None:
    """Load staff, reference data, and the provider system that may speak for everyone."""
    dynamodb, table = engine.client("dynamodb"), outputs["DirectoryTable"]
    users = seed_users(engine, outputs)
    items = seed_directory(dynamodb, table, crowd_size=crowd_size)
    seed_client(dynamodb, table, outputs["ProviderClientId"], endpoint_url=prescriber_url)
    if payer := outputs.get("PayerTable"):
        seed_payer(dynamodb, payer)
    say(f"{users} users and {items} directory items ready")
