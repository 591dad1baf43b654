"""The switch's door: D.0 bytes in, D.0 bytes out."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom

from pharmonico.kit.errors import VersionConflict
from pharmonico.payer.deciding import HOST_UNAVAILABLE, Sitting

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock
    from pharmonico.payer.ports import Book

TRIES = 12
PAUSE_MAX_S = 0.15
NOT_A_CLAIM = "The switch takes Telecommunication D.0 requests."


def answer(raw: bytes, *, book: Book, clock: Clock) -> bytes:
    """The response to a request; `NcpdpError` for bytes that are none.

    Claims of one member at the same time are decided one after the other, each on what the one
    before it left.
    """
    asked = ncpdp.parse(raw)
    if not isinstance(asked, telecom.Request):
        raise ncpdp.UnsupportedMessage(NOT_A_CLAIM, code="telecom.not_a_request")
    for attempt in range(1, TRIES + 1):
        sitting = Sitting.of(asked, book=book, now=clock.now())
        answers = sitting.decide()
        try:
            sitting.settle()
        except VersionConflict:
            if attempt == TRIES:
                raise
            time.sleep(random.uniform(0, PAUSE_MAX_S))  # noqa: S311 - a pause is no secret
            continue
        return ncpdp.write(_response(asked, answers))
    raise AssertionError("unreachable")


def _response(asked: telecom.Request, answers: list[telecom.Answer]) -> telecom.Response:
    """A host that is down refuses the transmission as a whole."""
    if any(HOST_UNAVAILABLE in each.rejects for each in answers):
        return telecom.transmission_rejected(asked, (HOST_UNAVAILABLE,), "HOST UNAVAILABLE")
    return telecom.respond(asked, *answers)
