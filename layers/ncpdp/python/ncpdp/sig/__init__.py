"""What a structured SIG says in plain words, and what follows from it for a day and for a box.

Nothing is guessed: where the codes do not say it, the answer is a `CannotTell` with the reason.
The text of the SIG is what counts; this is a second reading of it, for people and for checks.
"""

from __future__ import annotations

from ncpdp.sig.answers import CannotTell, DailyDose, DaysSupply
from ncpdp.sig.doses import daily_dose
from ncpdp.sig.plain import plain
from ncpdp.sig.supply import days_supply

__all__ = [
    "CannotTell",
    "DailyDose",
    "DaysSupply",
    "daily_dose",
    "days_supply",
    "plain",
]
