"""Where each of them ended and why, as text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pharmonico.fulfillment.status import IN_MACHINE, TERMINAL, Status

from local.synthetic.scripts import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.load.driver import Report

MIB = 2**20
MINUTE_S = 60


def lines(report: Report, *, peak: int) -> Iterator[str]:
    """Messages with their answers, prescriptions with their ends, then the figures."""
    yield "messages, and what they were answered with"
    answers = Counter(
        (TYPES[one.sent.case.kind], one.sent.case.kind, one.answer or one.error or "nothing")
        for one in report.outcomes
    )
    for (form, kind, answer), count in sorted(answers.items()):
        what = form if kind != "replay" else f"{form} again"
        yield f"  {count:5}  {what:18} {answer}"
    yield ""
    yield "prescriptions, and where they ended"
    ends = Counter((Status(one.status), one.why) for one in report.prescriptions)
    order = list(Status)
    for (status, why), count in sorted(ends.items(), key=lambda end: (order.index(end[0][0]), end)):
        yield f"  {count:5}  {_end(status):10} {status:22} {why}"
    yield ""
    yield from _figures(report, peak)


def _end(status: Status) -> str:
    if status in TERMINAL:
        return "ended"
    return "STUCK" if status in IN_MACHINE else "worklist"


def _figures(report: Report, peak: int) -> Iterator[str]:
    count, minutes = len(report.prescriptions), report.seconds / MINUTE_S
    yield f"{len(report.outcomes)} messages, {count} prescriptions in {minutes:.1f} min"
    yield f"{count / minutes if minutes else 0:.1f} prescriptions a minute"
    if peak:
        yield f"{peak / MIB:.0f} MiB at most, for the engine, its functions, sandbox and edge"
    yield f"{len(report.lost)} lost, {len(report.stuck)} stuck"
    for outcome in report.lost:
        yield f"  lost   {outcome.sent.message_id} {outcome.error or 'no answer'}"
    for played in report.stuck:
        yield f"  stuck  {played.prescription} {played.status}, message {played.case.number}"
