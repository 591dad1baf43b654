"""Words of the prescriber's own: any of them may change how much is taken, or how often."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from ncpdp.sig.reading import is_harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.script.model.drug import Sig
    from ncpdp.script.model.instruction import Indication, Instruction

# What a drug is for says nothing of the dose, unless it speaks of numbers, times or limits.
_OF_THE_DOSE = re.compile(
    r"[0-9]|\b(?:exceed|max|maximum|more|less|than|limit|day|days|daily|week|weekly|hour|hours|dose"
    r"|doses|times?|once|twice|every|until|then|one|two|three|four|half|needed|prn|repeat)\b",
    re.IGNORECASE,
)


def text_that_counts(sig: Sig) -> str:
    """The first text that a dose cannot be told beside, or nothing."""
    texts = chain(
        [sig.clarifying_text],
        chain.from_iterable(map(_of_instruction, sig.instructions)),
        (one.clarifying_text for one in sig.maximum_doses),
    )
    counting = (text for text in texts if text and not is_harmless(text))
    reasons = chain(
        (one.indication_text for one in sig.instructions),
        map(_of_indication, sig.indications),
        chain.from_iterable(map(_of_indication, one.indications) for one in sig.instructions),
    )
    speaking = (text for text in reasons if text and _OF_THE_DOSE.search(text))
    return next(chain(counting, speaking), "")


def _of_instruction(one: Instruction) -> Iterator[str | None]:
    if one.administration:
        yield one.administration.clarifying_text
        yield one.administration.route_text
        yield one.administration.site_text
    for timing in one.timings:
        yield timing.clarifying_text
        yield timing.timing.clarifying_text if timing.timing else None
    for limit in one.maximum_doses:
        yield limit.clarifying_text


def _of_indication(one: Indication) -> str | None:
    return one.clarifying_text
