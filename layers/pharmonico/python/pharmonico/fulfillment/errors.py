"""What fulfilment refuses, under `kit.errors`.

Conflict
└── IllegalMove        the table of legal moves does not know this one
NotFound
└── OrderNotFound
Conflict
├── DuplicateMessage   this sender's message id is already stored (carries the order's id)
└── PharmacyFull       somebody took the last place of the pharmacy's day
"""

from __future__ import annotations

from pharmonico.kit.errors import Conflict, NotFound


class IllegalMove(Conflict):
    """The prescription cannot go from one status to the other."""

    def __init__(self, origin: str, target: str) -> None:
        super().__init__(
            "order.illegal_move", f"A prescription cannot go from {origin} to {target}."
        )
        self.origin = origin
        self.target = target


class OrderNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("order.not_found", "There is no such prescription.")


class DuplicateMessage(Conflict):
    """Raised by the store; intake turns it into a replay or an Error 900."""

    def __init__(self, order_id: str, body_hash: str) -> None:
        super().__init__("message.duplicate", "This message was received before.")
        self.order_id = order_id
        self.body_hash = body_hash


class PharmacyFull(Conflict):
    """Raised by the store, where two who select at once meet."""

    def __init__(self) -> None:
        super().__init__(
            "pharmacy.full", "The pharmacy has no place left today; choose another one."
        )
