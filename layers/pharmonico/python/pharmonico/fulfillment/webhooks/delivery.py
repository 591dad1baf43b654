"""One message to one endpoint, and every attempt to deliver it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel

from pharmonico.fulfillment.webhooks.endpoint import FROZEN

ATTEMPTS_KEPT = 20
KEPT = timedelta(days=30)

PAUSES_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)
"""Between the tries of one round: 27 hours in all. A queue holds a message back for 12 at most."""

State = Literal["pending", "delivered", "failed", "held"]


class Attempt(BaseModel):
    """What came of one try: the receiver's status, or a code of what went wrong before it."""

    model_config = FROZEN

    at: datetime
    status: int | None = None
    problem: str | None = None
    took_ms: int = 0

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP's 2xx


class Delivery(BaseModel):
    """`message_id` is what the receiver deduplicates by: the same in every try and every replay.

    `round` is raised by each replay, and tries are counted within it. `held` waits for its
    endpoint to be resumed.
    """

    model_config = FROZEN

    endpoint_id: str
    message_id: str
    version: int = 0
    event_type: str
    prescription_id: str | None = None
    body: str
    status: State = "pending"
    round: int = 1
    tries: int = 0
    attempts: tuple[Attempt, ...] = ()
    next_at: datetime | None = None
    created_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT

    def tried(self, attempt: Attempt) -> Delivery:
        """A copy after one more try: delivered, waiting for the next, or given up."""
        tries = self.tries + 1
        pause_s = pause_after(tries)
        status: State = "delivered" if attempt.arrived else "pending" if pause_s else "failed"
        again = attempt.at + timedelta(seconds=pause_s) if pause_s else None
        return self.model_copy(
            update={
                "tries": tries,
                "attempts": (*self.attempts, attempt)[-ATTEMPTS_KEPT:],
                "status": status,
                "next_at": again if status == "pending" else None,
            }
        )

    def again(self) -> Delivery:
        """A copy for a new round of tries."""
        update = {"status": "pending", "round": self.round + 1, "tries": 0, "next_at": None}
        return self.model_copy(update=update)

    def held(self) -> Delivery:
        return self.model_copy(update={"status": "held", "next_at": None})


def pause_after(tries: int) -> int | None:
    """Seconds to the next try of a round, None when it was the last."""
    return PAUSES_S[tries - 1] if tries <= len(PAUSES_S) else None
