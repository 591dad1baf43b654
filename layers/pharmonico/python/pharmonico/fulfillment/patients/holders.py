"""Whose record number it is: a sender's number stands for one person, by name and birth date.

A chart that was mixed up shows here: the number is known, and the name or the birth date is
somebody else's. Whether two spellings are one person a person says, by releasing the finding.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from pharmonico.fulfillment.patients.matching import likeness
from pharmonico.fulfillment.patients.papers import Holder, Said

if TYPE_CHECKING:
    from ncpdp.script import NewRx

    from pharmonico.fulfillment.patients.papers import Person

KEY_CHARS = 26
PEOPLE_MAX = 10
"""So many spellings of one person are kept; the first ones stay."""


def holder_key(new_rx: NewRx, *, sender: str, key: str) -> str | None:
    """The blind key of the sender's own record number, where the message has one."""
    number = new_rx.patient and new_rx.patient.medical_record_number
    if not number:
        return None
    digest = hmac.digest(key.encode(), f"holder\x1f{sender}\x1f{number}".encode(), hashlib.sha256)
    return base64.b32encode(digest).decode()[:KEY_CHARS]


def is_somebody_else(holder: Holder | None, person: Person, *, order_id: str) -> bool:
    """Whether the number was somebody else's before; a prescription's own word does not count."""
    others = [said.person for said in _others(holder, order_id)]
    return bool(others) and not any(_is_same(person, other) for other in others)


def noted(holder: Holder | None, key: str, person: Person, *, order_id: str) -> Holder | None:
    """The number with this person, where that is new; None where nothing is to be written."""
    others, said = _others(holder, order_id), Said(prescription_id=order_id, person=person)
    if any(each.person == person for each in others) or len(others) >= PEOPLE_MAX:
        return None
    if holder is None:
        return Holder(number=key, people=(said,))
    if said in holder.people:
        return None
    return holder.model_copy(update={"people": (*others, said)})


def _others(holder: Holder | None, order_id: str) -> tuple[Said, ...]:
    people = holder.people if holder else ()
    return tuple(said for said in people if said.prescription_id != order_id)


def _is_same(one: Person, other: Person) -> bool:
    """The same birth date, and names that are nearly the same."""
    parts = likeness(one, other).breakdown
    shares = {name: points / most for name, (points, most) in parts.items()}
    names = (shares.get("last_name", 0.0), shares.get("first_name", 0.0))
    return shares.get("born") == 1.0 and all(share > 0 for share in names)
