"""The embedded engine beside another one, for what that one lacks: a user pool, DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.engine import engine_answers, start_engine, stop_engine
from local.ports import COMPANION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.place import Place
    from local.ports import Ports

IDENTITY = "cognito-idp"


def start_companion(place: Place, ports: Ports, *, listeners: Mapping[str, int]) -> bool:
    """Start it unless it lives; its data lies in the other engine's place."""
    listener = listeners.get(COMPANION)
    return start_engine(place, port=ports.companion, listener=listener, name=COMPANION)


def stop_companion(place: Place) -> list[str]:
    """End it; its data stays."""
    return [COMPANION] if stop_engine(place, name=COMPANION) else []


def companion_answers(ports: Ports) -> bool:
    """Whether it takes requests."""
    return engine_answers(ports.companion)
