"""Repeating groups: what a count says against what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.telecom.parts import Group, plan_of
from ncpdp.telecom.reading import items_of
from ncpdp.telecom.segments import SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ncpdp.findings import Finding
    from ncpdp.telecom.checking.places import Place
    from ncpdp.telecom.model import Field
    from ncpdp.telecom.parts import Plan

Placed = tuple[int, "Field"]


def check_counts(place: Place) -> Iterator[Finding]:
    """Findings on every count, counter and limit of a segment's groups."""
    model = SEGMENTS.get(place.segment.id)
    if model is not None:
        yield from _part(place, model, list(enumerate(place.segment.fields)))


def _part(place: Place, model: type, fields: Sequence[Placed]) -> Iterator[Finding]:
    plan = plan_of(model)
    yield from _repeated(place, plan, fields)
    for name, spec in plan.items:
        if not isinstance(spec, Group):
            continue
        own = [one for one in fields if plan.groups.get(one[1].id, ("",))[0] == name]
        items = items_of(spec, [one for _, one in own])
        if len(items) > spec.items_max:
            words = f"A segment carries at most {spec.items_max} {name.replace('_', ' ')}."
            yield place.finding("telecom.too_many", *own[0], words)
        yield from _count(place, spec, fields, len(items))
        if spec.counter and own:
            yield from _counters(place, spec.counter, own)
        start = 0
        for item in items:
            # The counter of an item is not among its fields, but stands before them.
            width = len(item) + (1 if spec.counter and own[start][1].id == spec.counter else 0)
            yield from _part(place, spec.model, own[start : start + width])
            start += width


def _count(place: Place, spec: Group, fields: Sequence[Placed], actual: int) -> Iterator[Finding]:
    said = [(at, one) for at, one in fields if one.id == spec.count]
    for at, one in said[:1]:
        bare = one.value.strip(" ")
        if bare and not (
            bare.isascii() and bare.isdigit() and bare.strip("0") == str(actual or "")
        ):
            words = f"The count says {bare[:9]}, there are {actual}."
            yield place.finding("telecom.group_count", at, one, words)
    if spec.count and actual and not said:
        words = "The count of a repeating group is missing."
        yield place.remark("telecom.group_count", words, "warning", spec.count)


def _repeated(place: Place, plan: Plan, fields: Sequence[Placed]) -> Iterator[Finding]:
    """A field that stands for itself, or a count, may be in its part only once."""
    seen: set[str] = set()
    for at, one in fields:
        is_single = one.id in plan.derived
        if one.id in plan.leaves:
            is_single = not plan.leaves[one.id][1].many
        if is_single and one.id in seen:
            words = "This field may be here only once; the first one counts."
            yield place.finding("element.repeated", at, one, words)
        seen.add(one.id)


def _counters(place: Place, counter: str, own: Sequence[Placed]) -> Iterator[Finding]:
    numbered = [(at, one) for at, one in own if one.id == counter]
    if not numbered:
        words = "The entries of a group have no numbers."
        yield place.remark("telecom.group_count", words, "warning", counter)
    for number, (at, one) in enumerate(numbered, 1):
        if one.value.strip(" ").lstrip("0") != str(number):
            words = "The entries of a group are numbered 1, 2, 3 and so on."
            yield place.finding("telecom.group_count", at, one, words)
