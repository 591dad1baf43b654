"""Whether the text of a SIG, which is what counts, speaks of other numbers than its codes."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ncpdp.sig.reading import range_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.script.model.drug import Sig
    from ncpdp.script.model.instruction import Instruction

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {
    **{word: Fraction(number) for number, word in enumerate(_COUNTED, 1)},
    "a": Fraction(1),
    "an": Fraction(1),
    "half": Fraction(1, 2),
}
_TIMES = {"once": 1, "twice": 2, "bid": 2, "tid": 3, "qid": 4}
_TOKEN = re.compile(
    r"(?P<whole>[0-9]+)[ -](?P<top>[0-9]+)/(?P<bottom>[1-9][0-9]*)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:/[1-9][0-9]*)?)|(?P<word>[a-z]+)"
)
_TEXT_MAX = 1000


def disagrees(sig: Sig) -> bool:
    """True when a dose or a count of times is not among the numbers of the text.

    A text without numbers contradicts nothing.
    """
    text = (sig.text or "")[:_TEXT_MAX].lower().replace("b.i.d", "bid").replace("t.i.d", "tid")
    doses, times = set(_numbers(text)), set(_counts(text))
    for one in sig.instructions:
        if doses and not doses.issuperset(_doses(one)):
            return True
        if times and not (times | doses).issuperset(_frequencies(one)):
            return True
    return False


def _numbers(text: str) -> Iterator[Fraction]:
    for found in _TOKEN.finditer(text):
        if found["whole"]:
            part = Fraction(int(found["top"]), int(found["bottom"]))
            yield from (Fraction(found["whole"]), part, Fraction(found["whole"]) + part)
        elif found["number"]:
            top, _, bottom = found["number"].partition("/")
            yield Fraction(top) / Fraction(bottom or 1)
        elif found["word"] in _WORDS:
            yield _WORDS[found["word"]]


def _counts(text: str) -> Iterator[Fraction]:
    tokens = [found["word"] or found["number"] or "" for found in _TOKEN.finditer(text)]
    for token in tokens:
        if token in _TIMES:
            yield Fraction(_TIMES[token])
    for token, following in pairwise(tokens):
        if following == "times":
            yield from _numbers(token)


def _doses(one: Instruction) -> Iterator[Fraction]:
    dosage = one.administration.dosage if one.administration else None
    amount = range_of(dosage.quantities, dosage.range_modifiers) if dosage else None
    yield from map(Fraction, amount or ())


def _frequencies(one: Instruction) -> Iterator[Fraction]:
    for timing in one.timings:
        frequency = timing.frequency
        count = range_of(frequency.values, frequency.modifiers) if frequency else None
        yield from map(Fraction, count or ())
