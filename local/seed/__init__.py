"""What a local cloud needs before its first prescription; loading it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.seed.users import seed_users

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.aws import Engine


def seed(engine: Engine, outputs: dict[str, str], *, say: Callable[[str], None]) -> None:
    """Load the staff's users."""
    say(f"{seed_users(engine, outputs)} users ready")
