"""Each field by its kind: numbers, dates, lengths, characters, code lists, identifiers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.errors import InvalidValue
from ncpdp.telecom.codes import CLOSED, SHAPES, entry
from ncpdp.telecom.parts import Group, plan_of
from ncpdp.telecom.segments import SEGMENTS
from ncpdp.telecom.values import from_text, is_day, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding, Severity
    from ncpdp.telecom.checking.places import Place
    from ncpdp.telecom.model import Field
    from ncpdp.telecom.parts import Leaf

NDC_QUALIFIER = "03"
PRINTABLE = re.compile(r"[ -~]*")
CHARSET = "The value holds a character that is not printable ASCII."
_NDC11 = re.compile("[0-9]{11}")
_QUALIFIED = {"D7": "E1", "TE": "RE", "DB": "EZ", "7C": "6C"}
"""Identifiers and the field before them that says of which kind they are."""

_POSITIVE: dict[str, tuple[str, Severity, str]] = {
    "E7": ("quantity.not_positive", "error", "The quantity dispensed is zero."),
    "D5": ("telecom.value", "warning", "The days' supply is zero."),
}
_leaves: dict[type, dict[str, Leaf]] = {}


def leaves_of(model: type) -> dict[str, Leaf]:
    """Every field of a segment's class and of the groups in it, by id."""
    found = _leaves.get(model)
    if found is None:
        plan = plan_of(model)
        found = {spec.id: spec for _, spec in plan.leaves.values()}
        for _, spec in plan.items:
            if isinstance(spec, Group):
                found |= leaves_of(spec.model)
        _leaves[model] = found
    return found


def check_fields(place: Place) -> Iterator[Finding]:
    """What is wrong with the values of one segment."""
    model = SEGMENTS.get(place.segment.id)
    known = leaves_of(model) if model else {}
    qualifiers: dict[str, str] = {}
    for at, one in enumerate(place.segment.fields):
        bare = one.value.strip(" ")
        qualifiers[one.id] = bare
        if not PRINTABLE.fullmatch(one.value):
            yield place.finding("text.charset", at, one, CHARSET, "warning")
        if bare and one.value != bare:
            words = "The value is padded; D.0 sends fields without padding."
            yield place.finding("telecom.padding", at, one, words, "info")
        leaf = known.get(one.id)
        if leaf and bare:
            yield from _value(place, at, one, leaf, bare)
        if one.id in _QUALIFIED and bare:
            yield from _identifier(place, at, one, qualifiers.get(_QUALIFIED[one.id], ""), bare)


def _value(place: Place, at: int, one: Field, leaf: Leaf, bare: str) -> Iterator[Finding]:
    try:
        from_text(leaf, bare)
    except InvalidValue as error:
        yield place.finding(error.code, at, one, error.sentence)
        return
    if leaf.kind == "day" and not is_day(bare):
        yield place.finding("date.malformed", at, one, "This is not a day as CCYYMMDD.")
    elif (width := width_of(leaf)) and len(bare) > width:
        words = f"The value is longer than the field's {width} characters."
        yield place.finding("text.too_long", at, one, words)
    elif leaf.table in CLOSED and entry(leaf.table, bare) is None:
        words = "This code is not in the field's code list."
        yield place.finding("telecom.value", at, one, words)
    elif leaf.table in SHAPES and not SHAPES[leaf.table].fullmatch(bare):
        words = "The codes of this field do not look like this."
        yield place.finding("telecom.value", at, one, words)
    elif leaf.id in _POSITIVE and not bare.strip("0"):
        code, severity, words = _POSITIVE[leaf.id]
        yield place.finding(code, at, one, words, severity)


def _identifier(place: Place, at: int, one: Field, qualifier: str, bare: str) -> Iterator[Finding]:
    if one.id in {"D7", "TE"} and qualifier == NDC_QUALIFIER and not _NDC11.fullmatch(bare):
        words = "An NDC is sent as eleven digits without hyphens."
        yield place.finding("ndc.malformed", at, one, words)
    elif one.id == "7C" and qualifier == "03" and not identifiers.is_bin(bare):
        yield place.finding("bin.malformed", at, one, "The other payer's BIN is not six digits.")
    elif one.id == "DB" and qualifier == "01":
        problem = identifiers.npi_problem(bare)
        if problem:
            yield place.finding(f"npi.{problem}", at, one, "The prescriber's NPI is not valid.")
    elif one.id == "DB" and qualifier == "12":
        problem = identifiers.dea_problem(bare)
        if problem:
            words = "The prescriber's DEA number is not valid."
            yield place.finding(f"dea.{problem}", at, one, words)
