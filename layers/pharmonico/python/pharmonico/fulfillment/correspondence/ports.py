"""What correspondence needs from the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pharmonico.fulfillment.intake.clients import Client


class Prescribers(Protocol):
    """The prescribers' systems, each at the address its client record names."""

    def send(self, message: bytes, *, to: Client) -> bytes:
        """Post the message; what it answers, at once, in SCRIPT.

        `Unavailable` when nobody answers usefully and another try makes sense, `Rejected` when
        the same message would be turned away again.
        """
        ...
