"""Making one call fail for a while, the way a crash or a dead partner does."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class CrashError(Exception):
    """What a process that dies looks like to its caller."""


@contextmanager
def broken(thing: object, name: str, error: Exception | None = None) -> Iterator[None]:
    """While it lasts, `thing.name(…)` raises (a `CrashError`, if not told otherwise)."""

    def fail(*_: Any, **__: Any) -> Any:
        raise error or CrashError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thing, name, fail)
        yield
