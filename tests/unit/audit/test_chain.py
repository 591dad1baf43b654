"""Whatever is done to a chain is found: every change, at every place, of every short chain."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment import IntakeReceived
from pharmonico.fulfillment.audit import Act, Link, act_of, append, seal
from pharmonico.fulfillment.audit.checking import Fault, against, check, check_links, verify
from pharmonico.fulfillment.recording import record
from pharmonico.kit.errors import Invalid

from tests.builders import NOON, a_clock, an_order

if TYPE_CHECKING:
    from collections.abc import Iterator

RX = "rx_01TEST"
LONGEST = 12
LENGTHS = range(1, LONGEST + 1)


@cache
def texts(length: int, chain: str = RX) -> tuple[str, ...]:
    trail = MemoryAuditTrail(clock=a_clock())
    for number in range(length):
        act = Act(
            act_id=f"act_{number}",
            at=NOON,
            actor=Actor(id="usr_é", role="ops"),
            action="prescription_read",
            resource=chain,
            detail={"kind": "script", "number": str(number)},
        )
        append(act, trail=trail, fresh=True)
    return tuple(trail.texts[chain].values())


@pytest.mark.parametrize("name", ["", "grown#2026-09-15T12", "rx_1\n", "a b", "x" * 201])
def test_nothing_is_sealed_under_a_name_that_can_be_none_of_ours(name: str) -> None:
    trail = MemoryAuditTrail(clock=a_clock())
    actor = Actor(id="usr_1", role="ops")
    act = Act(act_id="act_1", at=NOON, actor=actor, action="redrive", resource=name)
    with pytest.raises(Invalid):
        append(act, trail=trail, fresh=True)
    assert not any(trail.texts.values())


def found(stored: dict[int, str], chain: str = RX) -> tuple[int, Fault] | None:
    links = [Link(place, stored[place], "") for place in sorted(stored)]
    finding = check_links(chain, links).finding
    return (finding.place, finding.fault) if finding else None


def numbered(entries: Iterator[str] | tuple[str, ...]) -> dict[int, str]:
    return dict(enumerate(entries, start=1))


def resealed(text: str, **changes: Any) -> str:
    """An entry with other parts and a seal that fits them."""
    parts = json.loads(text) | changes
    parts["hash"] = seal(parts["sequence"], parts["act"], parts["previous_hash"])
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("length", range(LONGEST + 1))
def test_an_untouched_chain_holds(length: int) -> None:
    assert found(numbered(texts(length))) is None


@pytest.mark.parametrize("length", LENGTHS)
def test_every_dropped_entry_is_found_where_it_stood(length: int) -> None:
    for dropped in range(1, length):
        stored = numbered(texts(length))
        del stored[dropped]
        assert found(stored) == (dropped, Fault.MISPLACED)
        closed_up = numbered(tuple(stored.values()))
        assert found(closed_up) == (dropped, Fault.MISPLACED)


@pytest.mark.parametrize("length", LENGTHS)
def test_every_exchange_of_two_entries_is_found_at_the_first(length: int) -> None:
    for one in range(1, length + 1):
        for other in range(one + 1, length + 1):
            stored = numbered(texts(length))
            stored[one], stored[other] = stored[other], stored[one]
            assert found(stored) == (one, Fault.MISPLACED)


@pytest.mark.parametrize("length", LENGTHS)
def test_every_entry_that_moved_elsewhere_is_found(length: int) -> None:
    for source in range(length):
        for target in range(length):
            moved = list(texts(length))
            moved.insert(target, moved.pop(source))
            expected = None if source == target else (min(source, target) + 1, Fault.MISPLACED)
            assert found(numbered(tuple(moved))) == expected


@pytest.mark.parametrize("length", LENGTHS)
def test_every_inserted_entry_is_found_even_with_a_seal_that_fits(length: int) -> None:
    genuine = texts(length)
    for place in range(1, length + 1):
        before = json.loads(genuine[place - 2])["hash"] if place > 1 else "0" * 64
        act = json.loads(genuine[0])["act"] | {"act_id": "act_forged"}
        forged = resealed(genuine[0], sequence=place, act=act, previous_hash=before)
        inserted = (*genuine[: place - 1], forged, *genuine[place - 1 :])
        assert found(numbered(inserted)) == (place + 1, Fault.MISPLACED)


@pytest.mark.parametrize("length", LENGTHS)
def test_every_entry_in_two_places_is_found(length: int) -> None:
    for place in range(1, length + 1):
        doubled = (*texts(length)[:place], *texts(length)[place - 1 :])
        assert found(numbered(doubled)) == (place + 1, Fault.MISPLACED)


@pytest.mark.parametrize("length", LENGTHS)
def test_every_changed_value_is_found_in_its_entry(length: int) -> None:
    genuine = texts(length)
    for place in range(1, length + 1):
        for forged in forgeries(genuine[place - 1]):
            stored = numbered(genuine) | {place: forged}
            assert found(stored) == (place, Fault.ALTERED)


def forgeries(text: str) -> Iterator[str]:
    """The entry with one value of its act changed, each in turn, under the old seal."""
    act = json.loads(text)["act"]
    for name, value in act.items():
        if name == "resource":
            continue  # that is an entry of another chain
        other = {**value, "id": "forged"} if isinstance(value, dict) else f"{value}x"
        yield json.dumps(
            json.loads(text) | {"act": act | {name: other}},
            separators=(",", ":"),
            ensure_ascii=False,
        )


@pytest.mark.parametrize("place", LENGTHS)
def test_an_entry_sealed_anew_is_found_by_its_successor(place: int) -> None:
    genuine = texts(LONGEST)
    act = json.loads(genuine[place - 1])["act"] | {"outcome": "denied"}
    stored = numbered(genuine) | {place: resealed(genuine[place - 1], act=act)}
    expected = (place + 1, Fault.UNLINKED) if place < LONGEST else None
    assert found(stored) == expected  # the last one has none: the digests' part


@given(st.data())
def test_no_single_character_can_be_changed(data: st.DataObject) -> None:
    genuine = texts(4)
    place = data.draw(st.integers(1, 4))
    text = genuine[place - 1]
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda it: it != text[at]))
    stored = numbered(genuine) | {place: text[:at] + other + text[at + 1 :]}
    assert found(stored) is not None


@given(st.data())
def test_no_character_can_be_added_or_taken(data: st.DataObject) -> None:
    genuine = texts(3)
    place = data.draw(st.integers(1, 3))
    text = genuine[place - 1]
    at = data.draw(st.integers(0, len(text) - 1))
    more = data.draw(st.sampled_from([" ", "\n", "0", ",", '"']))
    for forged in (text[:at] + more + text[at:], text[:at] + text[at + 1 :]):
        assert found(numbered(genuine) | {place: forged}) is not None


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "null",
        "[]",
        "{",
        '{"sequence":1,"act":[],"previous_hash":"","hash":""}',
        '{"sequence":1,"sequence":1,"act":{},"previous_hash":"","hash":""}',
    ],
)
def test_what_is_no_entry_at_all_is_found(forged: str) -> None:
    assert found(numbered(texts(3)) | {2: forged}) == (2, Fault.UNREADABLE)


def test_a_value_that_reads_the_same_is_another_value() -> None:
    genuine = texts(2)
    assert "12:00:00Z" in genuine[0]
    same = genuine[0].replace("12:00:00Z", "12:00:00+00:00")
    assert found(numbered(genuine) | {1: same}) == (1, Fault.ALTERED)


@pytest.mark.parametrize("place", range(1, 5))
def test_entries_of_another_chain_are_found(place: int) -> None:
    other = texts(4, "rx_other")
    assert found(numbered(texts(4)) | {place: other[place - 1]}) == (place, Fault.FOREIGN)
    assert found(numbered(other)) == (1, Fault.FOREIGN)


@pytest.mark.parametrize("left", range(LONGEST))
def test_a_dropped_tail_is_found_against_what_was_seen(left: int) -> None:
    whole = check_links(RX, (Link(*each, "") for each in numbered(texts(LONGEST)).items()))
    cut = numbered(texts(LONGEST)[:left])
    assert found(cut) is None
    checked = check_links(RX, (Link(*each, "") for each in cut.items()), note={LONGEST})
    (finding,) = against(checked, [(LONGEST, whole.head)])
    assert (finding.place, finding.fault) == (left + 1, Fault.CUT)


@pytest.mark.parametrize("place", LENGTHS)
def test_a_chain_sealed_anew_from_a_place_on_is_found_against_what_was_seen(place: int) -> None:
    genuine = texts(LONGEST)
    head = json.loads(genuine[-1])["hash"]
    forged, previous = list(genuine), json.loads(genuine[place - 1])["previous_hash"]
    for at in range(place - 1, LONGEST):
        act = json.loads(genuine[at])["act"] | ({"outcome": "denied"} if at == place - 1 else {})
        forged[at] = resealed(genuine[at], act=act, previous_hash=previous)
        previous = json.loads(forged[at])["hash"]
    assert found(numbered(tuple(forged))) is None
    links = [Link(*each, "") for each in numbered(tuple(forged)).items()]
    (finding,) = against(check_links(RX, links, note={LONGEST}), [(LONGEST, head)])
    assert (finding.place, finding.fault) == (LONGEST, Fault.REWRITTEN)


def test_the_same_event_twice_is_one_entry() -> None:
    trail = MemoryAuditTrail(clock=a_clock())
    event = record(IntakeReceived, an_order(), before=None, clock=a_clock())
    assert append(act_of(event), trail=trail) == append(act_of(event), trail=trail)
    assert check(RX, trail=trail).entries == 1
    assert verify(RX, trail=trail) is None
