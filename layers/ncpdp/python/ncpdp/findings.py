"""What `check` says about a message that could be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one place of a message.

    `path` names the element (`NewRx/MedicationPrescribed/Sig`) or the D.0 field, `pointer` the
    same place in the JSON form, `line` and `column` (from 1) the element in the bytes the message
    was read from, or the innermost one around what is missing; None for a message that was not
    read, or was changed since. `required` is True when a part that the message type needs is
    absent: a receiver answers such a message with Error 900 instead of accepting it.
    """

    code: str
    severity: Severity
    path: str
    value: str | None
    message: str
    pointer: str = ""
    required: bool = False
    line: int | None = None
    column: int | None = None
