"""Prefixed, time-sortable, unguessable identifiers such as `rx_01J…` (ULIDs)."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.kit.clock import Clock

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80
_ULID_CHARS = 26


def new_id(prefix: str, *, clock: Clock) -> str:
    """A new id such as `rx_01JCZ5…`; later ids sort after earlier ones (to the millisecond)."""
    milliseconds = int(clock.now().timestamp() * 1000)
    return f"{prefix}_{_ulid(milliseconds, secrets.randbits(_RANDOM_BITS))}"


def first_id(prefix: str, at: datetime) -> str:
    """The least id of a moment: what sorts before it is older, to the millisecond.

    Of a moment before 1970 it is the least of all.
    """
    return f"{prefix}_{_ulid(max(0, int(at.timestamp() * 1000)), 0)}"


def _ulid(milliseconds: int, random: int) -> str:
    number = (milliseconds << _RANDOM_BITS) | random
    return "".join(
        _CROCKFORD[(number >> shift) & 31] for shift in range(5 * (_ULID_CHARS - 1), -1, -5)
    )


def fingerprint(*parts: str) -> str:
    """SHA-256 of the parts, for keys that must not show what they stand for."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
