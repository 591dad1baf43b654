"""What a prescription is searched by, as terms that show nothing: keyed hashes of words.

A name is found by any of its words from their second letter on, everything else only whole. Both
sides are made alike: case, accents and punctuation do not count, and a date, an NDC or a phone
number means the same however it is written.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Meaning = Callable[[re.Match[str]], str | None]

PREFIX_MIN, PREFIX_MAX = 2, 16
WORDS_MAX = 12
ASKED_MAX = 8
TERM_CHARS = 24
"""96 bits: two words of one hash are not to be met with."""

_ID = re.compile(r"rx_[0-9a-z]{26}")
_ALONE, _ENDS = r"(?<![^\s,;])", r"(?![^\s,;])"
_ISO_DATE = re.compile(_ALONE + r"(\d{4})-(\d{1,2})-(\d{1,2})" + _ENDS)
_US_DATE = re.compile(_ALONE + r"(\d{1,2})/(\d{1,2})/(\d{4})" + _ENDS)
_PHONE = re.compile(_ALONE + r"(?:\+?1[\s.-]?)?\(?(\d{3})\)?[\s.-]?(\d{3})[\s.-]?(\d{4})" + _ENDS)
_NDC = re.compile(_ALONE + r"(\d{4,5})-(\d{3,4})-(\d{1,2})" + _ENDS)
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_NDC_SHAPES = {(5, 4, 2), (4, 4, 2), (5, 3, 2), (5, 4, 1)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: a prescription by its id, or all that have every one of the words.

    Nothing at all is looked for where both are empty: the text was too short to mean anything.
    """

    order_id: str | None = None
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.order_id is None and not self.words


def asked(text: str) -> Asked:
    """The words of a search box's text; what is shorter than two characters says nothing."""
    folded = _folded(text)
    found: list[str] = []
    for form, meaning in ((_ISO_DATE, _iso), (_US_DATE, _us), (_NDC, _ndc), (_PHONE, _phone)):
        folded = form.sub(_taker(meaning, found), folded)
    order_id = None
    for token in re.split(r"[\s,;]+", folded):
        if _ID.fullmatch(token):
            order_id = f"rx_{token[3:].upper()}"
        elif len(word := plain(token)) >= PREFIX_MIN:
            found.append(word)
    return Asked(order_id, tuple(dict.fromkeys(found))[:ASKED_MAX])


def name_words(*names: str) -> set[str]:
    """Every beginning of every word; `O'Brien-Lee` is known by its parts and as one word."""
    words = []
    for token in " ".join(names).split():
        parts = [part for part in _NOT_PLAIN.split(_folded(token)) if part]
        words += [*parts, *(["".join(parts)] if len(parts) > 1 else [])]
    return {start for word in words[:WORDS_MAX] for start in _beginnings(word)}


def whole_words(values: Iterable[str | None]) -> set[str]:
    """Identifiers, which are only found whole."""
    return {word for value in values if value and len(word := plain(value)) >= PREFIX_MIN}


def plain(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    return _NOT_PLAIN.sub("", _folded(text))


def blind(word: str, *, key: str) -> str:
    """The word as a key may show it; a key of its own use, so that it is like no other hash."""
    message = f"search\x1f{word}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()[:TERM_CHARS]


def _beginnings(word: str) -> Iterator[str]:
    if len(word) >= PREFIX_MIN:
        yield word
    for length in range(PREFIX_MIN, min(len(word), PREFIX_MAX + 1)):
        yield word[:length]


def _folded(text: str) -> str:
    """Without case and without what stands over letters."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _taker(meaning: Meaning, found: list[str]) -> Callable[[re.Match[str]], str]:
    """Takes out what has the meaning, and leaves what only looks like it."""

    def take(match: re.Match[str]) -> str:
        word = meaning(match)
        if word is None:
            return match[0]
        found.append(word)
        return " "

    return take


def _iso(match: re.Match[str]) -> str | None:
    return _day(match[1], match[2], match[3])


def _us(match: re.Match[str]) -> str | None:
    return _day(match[3], match[1], match[2])


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return f"{date(int(year), int(month), int(day)):%Y%m%d}"
    except ValueError:
        return None


def _ndc(match: re.Match[str]) -> str | None:
    """Eleven digits; a form that is none of an NDC's is something else."""
    labeler, product, package = match.groups()
    if (len(labeler), len(product), len(package)) not in _NDC_SHAPES:
        return None
    return f"{labeler:0>5}{product:0>4}{package:0>2}"


def _phone(match: re.Match[str]) -> str | None:
    return "".join(match.groups())
