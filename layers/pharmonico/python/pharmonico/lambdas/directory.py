"""The shell of the directory's stream: pharmacies as they were and as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.directory import Pharmacy
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Move = tuple[Pharmacy | None, Pharmacy | None]


def follower(keep: Callable[[Iterable[Move]], int]) -> Callable[[dict[str, Any], Any], None]:
    """A handler that hands a batch's changes on; it raises on any failure, like `publisher`."""

    @discreet
    def lambda_handler(batch: dict[str, Any], _context: Any) -> None:
        moves = [_move(record["dynamodb"]) for record in batch["Records"]]
        logger().info("rosters kept", pharmacies=len(moves), pages=keep(moves))

    return lambda_handler


def _move(change: dict[str, Any]) -> Move:
    return _image(change, "OldImage"), _image(change, "NewImage")


def _image(change: dict[str, Any], name: str) -> Pharmacy | None:
    image = change.get(name)
    return Pharmacy.model_validate_json(image["body"]["S"]) if image else None
