"""What the payer remembers of a claim."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from ncpdp.telecom import Answer
from pydantic import BaseModel, ConfigDict

from pharmonico.payer.account import fingerprint

if TYPE_CHECKING:
    from ncpdp.telecom import Claim, RequestHeader

SAID_MAX = 20
_AMOUNTS = [field.name for field in dataclasses.fields(Answer) if field.name.endswith("_minor")]
_PLAIN = ("authorization_number", "rx_number", "basis", *_AMOUNTS)


class Record(BaseModel):
    """One claim: the same BIN, pharmacy, day, Rx and fill number are the same claim.

    `content` is a fingerprint of what was billed, `answer` what a paid one was told, `counted`
    what it added to the member's accumulators. `was_down` is the switch's play with ids in 0092.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    key: str
    version: int = 0
    status: Literal["new", "paid", "reversed", "rejected"] = "new"
    account: str = ""
    rx_number: str
    date_of_service: date | None = None
    content: str = ""
    answer: dict[str, Any] = {}
    counted: dict[str, int] = {}
    was_down: bool = False
    said: tuple[str, ...] = ()
    """What was asked and answered, newest last: time, transaction, status, reject codes."""

    def paid_before(self) -> Answer:
        """The original answer under status D."""
        return Answer(status="D", **self.answer)

    def noting(self, code: str, answer: Answer, *, at: datetime) -> Record:
        line = " ".join((f"{at:%Y-%m-%dT%H:%M:%SZ}", code, answer.status, *answer.rejects))
        return self.model_copy(update={"said": (*self.said, line)[-SAID_MAX:]})


def kept(answer: Answer) -> dict[str, Any]:
    """The part of a paid answer that is given again."""
    values = ((name, getattr(answer, name)) for name in _PLAIN)
    return {name: value for name, value in values if value not in (None, "")}


def claim_key(header: RequestHeader, claim: Claim) -> str:
    """The five that make a claim; several of a member's are several claims."""
    return fingerprint(
        "claim",
        header.bin.strip(),
        header.provider_id.strip(),
        header.date_of_service,
        claim.rx_number.lstrip("0"),
        str(claim.fill_number),
    )


def content_of(claim: Claim) -> str:
    """What may not change when the same claim is sent again."""
    return fingerprint(claim.ndc, f"{claim.quantity.normalize():f}", str(claim.days_supply))
