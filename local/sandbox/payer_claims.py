"""The claims the switch has seen, one record per claim with everything said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom

from local.sandbox.state import iso, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom import Answer

    from local.sandbox.state import Json, State

HISTORY_ITEMS_MAX = 50


class Claims:
    """BIN, pharmacy, date of service, Rx number and fill: the same five are the same claim."""

    def __init__(self, *, state: State) -> None:
        self._shelf = state.shelf("payer.claims")

    def note(self, asked: telecom.Request, *, request: bytes, response: bytes) -> None:
        """Add one exchange to the history of every claim of the request."""
        said = ncpdp.parse(response)
        if not isinstance(said, telecom.Response):
            return
        for index, answer in enumerate(telecom.read_answers(said)):
            claim = self._of(asked, index)
            exchange = _exchange(asked.type, answer, request=request, response=response)
            claim["history"] = [*claim["history"], exchange][-HISTORY_ITEMS_MAX:]

    def newest(self) -> Iterator[Json]:
        return self._shelf.newest()

    def _of(self, asked: telecom.Request, index: int) -> Json:
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
                "history": [],
            },
        )


def _exchange(code: str, answer: Answer, *, request: bytes, response: bytes) -> Json:
    return {
        "at": iso(now()),
        "code": code,
        "status": answer.status,
        "rejects": list(answer.rejects),
        "patient_pay_minor": answer.patient_pay_minor,
        "total_paid_minor": answer.total_paid_minor,
        "deductible_minor": answer.deductible_minor,
        "request": request.decode("latin-1"),
        "response": response.decode("latin-1"),
    }
