"""The claims the switch remembers, one record per claim with everything said about it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ncpdp import telecom
from ncpdp.telecom import Answer

from local.sandbox.state import iso, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.sandbox.state import Json, State

HISTORY_ITEMS_MAX = 50
# What NCPDP calls "reversal not processed": there is no paid claim to take back.
NOTHING_TO_REVERSE = "87"


class Claims:
    """BIN, pharmacy, date of service, Rx number and fill: the same five are the same claim."""

    def __init__(self, *, state: State) -> None:
        self._shelf = state.shelf("payer.claims")

    def of(self, asked: telecom.Request, index: int) -> Json:
        member = telecom.read_member(asked, index)
        rx_number = asked.get("07", "D2", index) or f"{asked.type} {member.cardholder_id}"
        fill = asked.get("07", "D3", index) or "00"
        header = asked.header
        parts = (header.bin, header.provider_id.strip(), header.date_of_service, rx_number, fill)
        key = "/".join(parts)
        return self._shelf.get(key) or self._shelf.put(
            key,
            {
                "id": key,
                "bin": header.bin,
                "pcn": header.pcn.strip(),
                "provider_id": header.provider_id.strip(),
                "date_of_service": header.date_of_service,
                "rx_number": rx_number,
                "fill_number": fill,
                "member_id": member.cardholder_id,
                "paid": None,
                "reversed": None,
                "was_down": False,
                "history": [],
            },
        )

    def newest(self) -> Iterator[Json]:
        return self._shelf.newest()


def pay(claim: Json, answer: Answer) -> None:
    claim |= {"paid": dataclasses.asdict(answer), "reversed": None}


def duplicate(claim: Json) -> Answer:
    """The original amounts and authorization under status D."""
    return Answer(**(claim["paid"] | {"status": "D", "rejects": (), "dur": ()}))


def reverse(claim: Json) -> Answer:
    """A paid claim is taken back; asking again gets the same answer, an unknown one is refused."""
    if claim["paid"] is not None:
        claim |= {"reversed": claim["paid"]["authorization_number"], "paid": None}
    if claim["reversed"] is None:
        return Answer(status="R", rejects=(NOTHING_TO_REVERSE,), message="No paid claim to reverse")
    return Answer(status="A", authorization_number=claim["reversed"])


def note(claim: Json, code: str, answer: Answer, *, request: bytes, response: bytes) -> None:
    """Add one exchange to the claim's history."""
    exchange = {
        "at": iso(now()),
        "code": code,
        "status": answer.status,
        "rejects": list(answer.rejects),
        "patient_pay_minor": answer.patient_pay_minor,
        "total_paid_minor": answer.total_paid_minor,
        "request": request.decode("latin-1"),
        "response": response.decode("latin-1"),
    }
    claim["history"] = [*claim["history"], exchange][-HISTORY_ITEMS_MAX:]
