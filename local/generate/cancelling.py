"""`docs/cancelling.md`: what a cancellation undoes in every state, from the code's own table."""

from __future__ import annotations

from pharmonico.fulfillment.status import Status, may_move
from pharmonico.fulfillment.undoing import Undo, undone_from

PATH = "docs/cancelling.md"
HEAD = """# Cancelling, state by state

A CancelRx of the prescriber and ops' cancel do the same: the status, the event and the end of the
execution's ownership are one write, and the machine of compensations undoes the rest. Each step
looks at the prescription's papers and skips what never happened (a prescription that cost the
patient nothing has no refund). Written from `fulfillment/undoing.py`, which a test holds against
every state: `python -m local.generate cancelling`.

In time the prescriber is answered by CancelRxResponse Approved and the patient is told, from the
carrier's first scan on by Denied, and nothing changes. A CancelRx that comes before its NewRx is
accepted (Status 010), carried out when that arrives, and answered then by a message of our own.
What failed is undone as in the state that the failure interrupted.

"""
MARK = {True: "yes", False: ""}


def files() -> dict[str, str]:
    heads = ["status", "CancelRxResponse", *(undo.value for undo in Undo)]
    lines = [_line(heads), _line(["---"] * len(heads)), *map(_row, Status)]
    return {PATH: HEAD + "\n".join(lines) + "\n"}


def _row(status: Status) -> str:
    if status is Status.FAILED:
        return _line([f"`{status}`", "as where it failed", *[""] * len(Undo)])
    in_time = may_move(status, Status.CANCELLED) or status is Status.CANCELLED
    undone = undone_from(status)
    marks = [MARK[undo in undone] for undo in Undo]
    return _line([f"`{status}`", "Approved" if in_time else "Denied", *marks])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
