"""What of an error may leave a function: our own words, or a class and the places it came by.

Whatever a function raises is kept by others: its log, the execution's history, the failure
record, dead-letter queues. The message of a foreign exception may quote the record it stumbled
over, and an engine prints the errors behind an error too.
"""

from __future__ import annotations

import traceback
from functools import wraps
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.kit.errors import PharmonicoError
from pharmonico.kit.settings import SettingMissing
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable

    R = TypeVar("R")
    Handler = Callable[[dict[str, Any], Any], R]

FRAMES_KEPT = 6
_FRAMES_NAMED = 2  # of a long way the end tells most, and a failure record is short
_PATH_PARTS = 3
_OWN_WORDS = (PharmonicoError, SettingMissing)


class Unforeseen(RuntimeError):
    """A foreign exception without its message."""


def discreet(run: Handler[R]) -> Handler[R]:
    """Decorate a handler: what it raises is logged by class and place and leaves alike."""

    @wraps(run)
    def lambda_handler(event: dict[str, Any], context: Any) -> R:
        try:
            return run(event, context)
        except Exception as error:  # noqa: BLE001 - it goes on, in words that may be kept
            log_error(error, "function raised")
            raise _sayable(error) from None  # from None: the chain would be printed along

    return lambda_handler


def log_error(error: Exception, message: str) -> None:
    """A log line with the error's class, its words where they are ours, and its places."""
    said = str(error) if isinstance(error, _OWN_WORDS) else ""
    logger().error(message, error=name_of(error), said=said, at=places_of(error))


def name_of(error: BaseException) -> str:
    """The class, and AWS's own code behind a client's error."""
    answer = getattr(error, "response", None)
    code = answer.get("Error", {}).get("Code", "") if isinstance(answer, dict) else ""
    return f"{type(error).__name__} {code}".strip()


def places_of(error: BaseException) -> list[str]:
    """Where it came by, last place last."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_KEPT:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _sayable(error: Exception) -> Exception:
    if isinstance(error, _OWN_WORDS):
        return error
    return Unforeseen(f"{name_of(error)} at {' < '.join(reversed(_last(places_of(error))))}")


def _last(places: list[str]) -> list[str]:
    """The last places of ours; those of libraries name nothing that helps."""
    ours = [place for place in places if "site-packages" not in place]
    return (ours or places)[-_FRAMES_NAMED:]


def _short(filename: str) -> str:
    return "/".join(PurePath(filename).parts[-_PATH_PARTS:])
