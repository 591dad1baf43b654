"""One prescription in the hands of everybody who has a part in it, until nothing moves it on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pharmonico.fulfillment.status import IN_MACHINE, Status

from local.client import Refused
from local.load.asking import ask_change
from local.load.board import PRESCRIPTIONS
from local.load.people import pages_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from local.client import Client
    from local.demo.patient import Patient
    from local.demo.sandbox import Sandbox
    from local.load.board import Board
    from local.synthetic.cases import Case
    from local.synthetic.scripts import Sent

POLL_S = 0.3
STUCK_S = 180.0
"""Without a move for so long a prescription that nobody has to wait for is stuck."""
MOVED_ON = frozenset({404, 409, 410, 412, 429})
"""Somebody else was quicker: a cancellation comes in between wherever it likes. Or it was too
soon: the same part is played again until its time has come."""


@dataclass(frozen=True)
class Cast:
    """Who acts: staff and a prescriber's system at the API, and the played partners."""

    ops: Client
    provider: Client
    sandbox: Sandbox
    board: Board
    visitor: Callable[[], Patient]
    seed: int
    day: date
    changes: dict[int, Sent] = field(default_factory=dict)
    """Answers to a change that staff ask for, by the message they are about."""
    spent: set[str] = field(default_factory=set)
    """Portal links that have been opened."""


@dataclass
class Played:
    """The prescription as it was last seen; `acts` are the parts already played."""

    case: Case
    prescription: str
    status: str = ""
    why: str = ""
    acts: set[str] = field(default_factory=set)
    change_answer: str = ""
    """What the door said to the answer of the change that was asked for."""
    until: Status | None = None
    """Where it is left to stand, if anywhere."""


def follow(played: Played, cast: Cast) -> Played:
    """Do what is due whenever it is due; ends where it is to stand, or people would decide."""
    deadline, seen = time.monotonic() + STUCK_S, ""
    while time.monotonic() < deadline:
        played.status = cast.board.status(played.prescription)
        if played.status not in IN_MACHINE or played.status == played.until:
            break
        if played.status != seen:
            deadline, seen = time.monotonic() + STUCK_S, played.status
        _act(played, cast)
        time.sleep(POLL_S)
    return played


def look(played: Played, cast: Cast) -> None:
    """How it is now, and why it rests, as staff see it."""
    found = cast.ops.read(f"{PRESCRIPTIONS}/{played.prescription}")
    played.status = found["status"]
    played.why = str(found.get("hold_reason") or found.get("failure_step") or "")


def _act(played: Played, cast: Cast) -> None:
    part = _PARTS.get(Status(played.status))
    if part is None or part.__name__ in played.acts:
        return
    try:
        if part(played, cast):
            played.acts.add(part.__name__)
    except Refused as refused:
        if refused.status not in MOVED_ON:
            raise


def invite(played: Played, cast: Cast) -> bool:
    """Ops invite the patient, after a question to the prescriber where there is one."""
    answer = cast.changes.get(played.case.number)
    if answer is not None and not played.change_answer:
        played.change_answer = ask_change(
            played.prescription, answer, cast, seed=cast.seed, day=cast.day
        )
        return False
    cast.ops.act("/api/enrollment/start", {"prescription_id": played.prescription})
    return True


def enroll(played: Played, cast: Cast) -> bool:
    """The patient opens the newest mail's link, unless an earlier visit has spent it."""
    who = played.case.patient
    link = cast.sandbox.invitation(who.email)
    if link is None or link in cast.spent:
        return False
    cast.spent.add(link)
    visitor = cast.visitor()
    visitor.open(link, date_of_birth=who.born.isoformat())
    visitor.fill_in(pages_of(played.case))
    visitor.upload_card()
    visitor.submit()
    return True


def choose(played: Played, cast: Cast) -> bool:
    """Ops take the first of the ranking, upon what they see."""
    path = f"{PRESCRIPTIONS}/{played.prescription}"
    shown, tag = cast.ops.read_tagged(path)
    candidates = shown["documents"]["ranking"][-1]["candidates"]
    cast.ops.act(f"{path}/pharmacy", {"pharmacy_id": candidates[0]["pharmacy_id"]}, tag=tag)
    return True


def pay(played: Played, cast: Cast) -> bool:
    """The patient pays what the plan leaves."""
    checkout = cast.sandbox.checkout(played.prescription)
    if checkout is None:
        return False
    cast.sandbox.pay(checkout)
    return True


def deliver(played: Played, cast: Cast) -> bool:
    """The carrier hands the parcel over."""
    shown = cast.provider.read(f"{PRESCRIPTIONS}/{played.prescription}")
    cast.sandbox.deliver(shown["tracking"]["number"])
    return True


_PARTS: dict[Status, Callable[[Played, Cast], bool]] = {
    Status.VALIDATED: invite,
    Status.AWAITING_ENROLLMENT: enroll,
    Status.AWAITING_PHARMACY_SELECTION: choose,
    Status.AWAITING_PAYMENT: pay,
    Status.SHIPPED: deliver,
}
