"""Sends the messages in their order, so many at once, and plays each prescription to its end."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ncpdp
from pharmonico.fulfillment.status import IN_MACHINE, Status

from local.client import Refused
from local.load.asking import ask_renewal, renewed, said
from local.load.playing import MOVED_ON, Played, follow, look
from local.place import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from local.load.playing import Cast
    from local.synthetic.scripts import Sent

IN_FLIGHT_MAX = 10
"""More at once leave the embedded engine with more processes than a laptop has memory for."""
SETTLED_S = 60.0
"""So long after the last act a cancellation may still be under way."""


@dataclass
class Outcome:
    """What a message was answered with, and the prescription that came of it, if any did."""

    sent: Sent
    answer: str = ""
    played: Played | None = None
    error: str = ""


@dataclass
class Report:
    """All outcomes, in the order of the messages, and how long it took."""

    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def prescriptions(self) -> list[Played]:
        """Each once, replays left out."""
        found = {one.played.prescription: one.played for one in self.outcomes if one.played}
        return list(found.values())

    @property
    def stuck(self) -> list[Played]:
        """Those that a machine should move and does not."""
        return [one for one in self.prescriptions if one.status in IN_MACHINE]

    @property
    def lost(self) -> list[Outcome]:
        """Messages without an answer, and whatever went wrong on the way."""
        return [one for one in self.outcomes if one.error or not one.answer]


def drive(
    messages: Iterable[Sent], cast: Cast, *, in_flight: int, tell: Callable[[Outcome], None]
) -> Report:
    """Play them all; returns when each has come to where people or nobody would move it on."""
    if not 1 <= in_flight <= IN_FLIGHT_MAX:
        raise LocalError(f"between 1 and {IN_FLIGHT_MAX} prescriptions may be in flight at once")
    began, running, sent_all = time.monotonic(), list[Future[Outcome]](), list(messages)
    cast.changes.update(
        (one.case.about, one)
        for one in sent_all
        if one.case.kind == "change" and one.case.about is not None
    )
    with ThreadPoolExecutor(in_flight) as crew:
        for sent in sent_all:
            before = running[about] if (about := _awaited(sent)) is not None else None
            running.append(crew.submit(_one, sent, cast, before, tell))
    report = Report([each.result() for each in running], time.monotonic() - began)
    _settle(report, cast)
    return report


def _awaited(sent: Sent) -> int | None:
    """The message that must have been played before: its patient's record counts, or its end."""
    if sent.case.interacts_with is not None:
        return sent.case.interacts_with
    return sent.case.about if sent.case.kind in {"renewal", "change", "replay"} else None


def _one(
    sent: Sent, cast: Cast, before: Future[Outcome] | None, tell: Callable[[Outcome], None]
) -> Outcome:
    outcome = Outcome(sent)
    try:
        earlier = before.result().played if before is not None else None
        if sent.case.kind == "renewal" and earlier and earlier.status == Status.COMPLETED:
            _renew(outcome, earlier, cast)
        elif sent.case.kind == "change" and earlier and earlier.change_answer:
            outcome.answer = f"{earlier.change_answer} (asked for, {sent.outcome})"
        elif sent.case.kind == "replay":
            _again(outcome, earlier, cast)
        else:
            _play(outcome, cast)
    except (LocalError, TimeoutError, ncpdp.NcpdpError, KeyError) as error:
        outcome.error = f"{type(error).__name__}: {error}"
    tell(outcome)
    return outcome


def _play(outcome: Outcome, cast: Cast) -> None:
    sent = outcome.sent
    answer = cast.provider.send_message(sent.xml, path="/api/v1/script")
    outcome.answer = said(answer.content)
    location = answer.headers.get("location")
    if location:
        prescription = location.rstrip("/").rpartition("/")[2]
        outcome.played = follow(Played(sent.case, prescription), cast)


def _again(outcome: Outcome, earlier: Played | None, cast: Cast) -> None:
    """The same message once more leads to the same prescription, which others have in hand."""
    answer = cast.provider.send_message(outcome.sent.xml, path="/api/v1/script")
    outcome.answer, outcome.played = said(answer.content), earlier
    location = answer.headers.get("location", "")
    if earlier and not location.endswith(earlier.prescription):
        outcome.error = f"a replay led to {location}"


def _renew(outcome: Outcome, earlier: Played, cast: Cast) -> None:
    """Staff ask for more refills; what is granted is a prescription of its own."""
    try:
        told, request = ask_renewal(
            earlier.prescription, outcome.sent, cast, seed=cast.seed, day=cast.day
        )
    except Refused as refused:
        if refused.status not in MOVED_ON:
            raise
        outcome.answer = f"not asked for ({refused.problem.get('code')})"
        return
    outcome.answer = f"{told} (asked for, {outcome.sent.outcome})"
    granted = outcome.sent.outcome == "approved"
    fresh = renewed(earlier.prescription, request, cast) if granted else None
    if fresh:
        outcome.played = follow(Played(outcome.sent.case, fresh), cast)


def _settle(report: Report, cast: Cast) -> None:
    """Look at each once more: another message may have moved it since."""
    deadline = time.monotonic() + SETTLED_S
    for played in report.prescriptions:
        look(played, cast)
        while played.status in IN_MACHINE and time.monotonic() < deadline:
            time.sleep(1)
            look(played, cast)
