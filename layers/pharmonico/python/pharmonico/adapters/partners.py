"""Adapters that note how their partner answers, and leave one alone that does not."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from botocore.exceptions import BotoCoreError, ClientError

from pharmonico.adapters.clients import client
from pharmonico.adapters.dynamodb.partners import DynamoPartners
from pharmonico.fulfillment.partners import Watch
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import Pending, Rejected, Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.partners import Partner

T = TypeVar("T")
_NOT_NOTED = (ClientError, BotoCoreError)
"""Whether a partner is well must never decide whether a prescription goes on."""


def partners() -> DynamoPartners:
    return DynamoPartners(client("dynamodb"), settings().need("DESK_TABLE"))


def watched(partner: Partner, adapter: T, *, of: Callable[..., str] | None = None) -> T:
    """The adapter, with every call of its methods noted; where no table is given, itself.

    `of` tells from a call's arguments whose system it goes to, where a partner has several.
    """
    if not settings().DESK_TABLE:
        return adapter
    return cast("T", _Watched(partner, adapter, of))


class _Watched:
    def __init__(self, partner: Partner, adapter: Any, of: Callable[..., str] | None) -> None:
        self._partner = partner
        self._adapter = adapter
        self._of = of

    def __getattr__(self, name: str) -> Any:
        run = getattr(self._adapter, name)

        @wraps(run)
        def noted(*args: Any, **kwargs: Any) -> Any:
            whose = f"#{self._of(*args, **kwargs)}" if self._of else ""
            watch = watch_of(f"{self._partner}{whose}")
            with suppress(*_NOT_NOTED):
                watch.admit()
            return _noting(lambda: run(*args, **kwargs), watch)

        return noted


def _noting(call: Callable[[], T], watch: Watch) -> T:
    """Whatever a partner says is an answer; only silence, and what cannot be read, is none."""
    try:
        answer = call()
    except (Rejected, Pending):
        with suppress(*_NOT_NOTED):
            watch.succeeded()
        raise
    except Unavailable as error:
        with suppress(*_NOT_NOTED):
            watch.failed(error.code)
        raise
    with suppress(*_NOT_NOTED):
        watch.succeeded()
    return answer


@lru_cache(maxsize=256)
def watch_of(name: str) -> Watch:
    """What this process knows of the partner."""
    return Watch(name, states=partners(), clock=SystemClock())
