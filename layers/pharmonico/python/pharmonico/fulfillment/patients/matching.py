"""How much alike two people are, as points, and in which bucket a person is looked for.

The score is for people to read: each part stands beside the most it could have had. Parts that
one of the two lacks do not count. Nothing here merges anybody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from pharmonico.fulfillment.patients.nicknames import FORMAL

if TYPE_CHECKING:
    from pharmonico.fulfillment.patients.papers import Person

ASK_FROM = 75
"""From here on a person is asked; below, two people are two."""
LIKELY_FROM = 95
POINTS = {"last_name": 22, "first_name": 18, "born": 30, "address": 12, "phone": 12, "sex": 6}
NEAR_NAME = 0.8
NEAR_BIRTH_DATE = 0.6
SAME_ZIP = 0.5
BUCKET_CHARS = 26
ZIP_DIGITS, PHONE_DIGITS = 5, 10
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md"})
_STREET = {
    "street": "st",
    "avenue": "ave",
    "road": "rd",
    "boulevard": "blvd",
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "apartment": "apt",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}
_WORD = re.compile(r"[a-z0-9]+")
_JOINED = str.maketrans("", "", "-'\u2019 ")


class Likeness(NamedTuple):
    """0 to 100, and for each part that both have: its points, and the most it could have."""

    score: int
    breakdown: dict[str, tuple[float, float]]


class Plain(NamedTuple):
    """A person without spelling: what is compared."""

    last_name: str
    first_name: str
    born: str
    sex: str
    street: str
    zip5: str
    phones: frozenset[str]


def likeness(one: Person, other: Person) -> Likeness:
    """Points for name, birth date, address, phone and sex; the order of the two says nothing.

    Where name and birth date both differ, whatever else is shared belongs to a household: the
    score stays below `ASK_FROM`. So it does for people whose name or birth date is unknown.
    """
    a, b = plain(one), plain(other)
    alike = {
        "last_name": _names(a.last_name, b.last_name),
        "first_name": _names(a.first_name, b.first_name),
        "born": _births(a.born, b.born),
        "address": _addresses(a, b),
        "phone": float(bool(a.phones & b.phones)) if a.phones and b.phones else None,
        "sex": float(a.sex == b.sex) if a.sex and b.sex else None,
    }
    parts = {
        name: (round(share * POINTS[name], 1), float(POINTS[name]))
        for name, share in alike.items()
        if share is not None
    }
    most = sum(points for _, points in parts.values())
    score = round(100 * sum(points for points, _ in parts.values()) / most) if most else 0
    name_differs = (a.last_name, a.first_name) != (b.last_name, b.first_name)
    if not (one.is_known and other.is_known) or (name_differs and a.born != b.born):
        score = min(score, ASK_FROM - 1)
    return Likeness(score, parts)


def bucket_of(person: Person, *, key: str) -> str | None:
    """A blind key that people who may be the same share: digits of the birth date in any order,
    and the first letter of the formal first name. None for somebody without these."""
    if not person.is_known:
        return None
    known = plain(person)
    digits = "".join(sorted(known.born.replace("-", "")))
    digest = hmac.digest(
        key.encode(), f"people\x1f{digits}\x1f{known.first_name[:1]}".encode(), hashlib.sha256
    )
    return base64.b32encode(digest).decode()[:BUCKET_CHARS]


def plain(person: Person) -> Plain:
    """Without case, accents, hyphens, suffixes and nicknames."""
    phones = ("".join(filter(str.isdigit, phone))[-PHONE_DIGITS:] for phone in person.phones)
    first = _bare(person.first_name)
    return Plain(
        last_name=_without_suffix(person.last_name),
        first_name=FORMAL.get(first, first),
        born=person.born,
        sex=person.sex.casefold(),
        street=" ".join(_STREET.get(word, word) for word in _WORD.findall(_ascii(person.line1))),
        zip5=person.postal_code.strip()[:ZIP_DIGITS],
        phones=frozenset(phone for phone in phones if len(phone) == PHONE_DIGITS),
    )


def _ascii(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _bare(text: str) -> str:
    return _ascii(text).translate(_JOINED).strip(".,")


def _without_suffix(name: str) -> str:
    words = [word.strip(".,") for word in _ascii(name).split()]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return _bare("".join(words))


def _names(one: str, other: str) -> float | None:
    """1 for the same, the likeness of near spellings, 0 for other names."""
    if not one or not other:
        return None
    if one == other:
        return 1.0
    from difflib import SequenceMatcher  # noqa: PLC0415 - the intake has no use for it

    first, second = sorted((one, other))  # the matcher minds the order, a person does not
    share = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return share if share >= NEAR_NAME else 0.0


def _births(one: str, other: str) -> float | None:
    """1 for the same day; near where digits changed places, or one of them is another."""
    if not one or not other:
        return None
    if one == other:
        return 1.0
    if len(one) != len(other):
        return 0.0
    wrong = sum(a != b for a, b in zip(one, other, strict=True))
    near = wrong == 1 or sorted(one) == sorted(other)
    return NEAR_BIRTH_DATE if near else 0.0


def _addresses(one: Plain, other: Plain) -> float | None:
    if not (one.zip5 and other.zip5):
        return None
    if one.zip5 != other.zip5:
        return 0.0
    if not (one.street and other.street) or one.street == other.street:
        return 1.0
    return SAME_ZIP
