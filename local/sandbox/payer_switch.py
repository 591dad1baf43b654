"""What a developer does to the switch: a payer's host is down, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom
from starlette.exceptions import HTTPException

from local.sandbox.state import iso, now

if TYPE_CHECKING:
    from local.sandbox.state import Json, State

HOST_CODES = ("90", "91", "92", "95", "96", "97", "98", "99")
"""D.0's host and network conditions; all but 99 say that a later try may succeed."""

BIN_DIGITS = 6
MESSAGE = "HOST DOWN BY ORDER"


class Downtime:
    """Which payers are down, by BIN, and with which code the switch answers for them."""

    def __init__(self, *, state: State) -> None:
        self._state = state
        self._shelf = state.shelf("payer.down")

    def begin(self, bin_: str, code: str) -> Json:
        """400 for a BIN that is none, or a code that says nothing of the host."""
        if not (len(bin_) == BIN_DIGITS and bin_.isascii() and bin_.isdigit()):
            raise HTTPException(400, "bin has six digits")
        if code not in HOST_CODES:
            raise HTTPException(400, f"code is one of {', '.join(HOST_CODES)}")
        self._state.changed()
        return self._shelf.put(bin_, {"bin": bin_, "code": code, "since": iso(now())})

    def end(self, bin_: str) -> None:
        self._shelf.drop(bin_)
        self._state.changed()

    def all(self) -> list[Json]:
        return list(self._shelf.newest())

    def code_of(self, bin_: str) -> str | None:
        found = self._shelf.get(bin_)
        return str(found["code"]) if found else None

    def answer(self, asked: telecom.Request) -> bytes | None:
        """What the switch says in place of a payer that is down; None for one that is up."""
        code = self.code_of(asked.header.bin)
        if code is None:
            return None
        return ncpdp.write(telecom.transmission_rejected(asked, (code,), MESSAGE))
