"""Entries are found by who, what and when, a page at a time and each once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.vault import MemorySigner, MemoryVault
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.audit import Act, append, exporting
from pharmonico.fulfillment.audit.exporting import ExportTooLarge, export
from pharmonico.fulfillment.audit.searching import Wanted, search
from pharmonico.fulfillment.audit.signing import holds

from tests.builders import NOON, a_clock

if TYPE_CHECKING:
    from pharmonico.kit.clock import FixedClock

DAY = timedelta(days=1)
ACTS = (
    ("usr_a", "prescription_read", "rx_1", {}),
    ("usr_b", "prescription_read", "rx_1", {}),
    ("usr_a", "redrive", "rx_1", {}),
    ("usr_a", "document_read", "rx_2", {}),
    ("usr_b", "prescriptions_listed", "lists_usr_b_2026-09-15", {"shown": "rx_2 rx_1"}),
    ("usr_b", "patients_listed", "lists_usr_b_2026-09-15", {"shown": "pat_1~pat_2"}),
    ("usr_b", "prescriptions_listed", "lists_usr_b_2026-09-15", {"shown": "rx_3"}),
)


@pytest.fixture
def clock() -> FixedClock:
    return a_clock()


@pytest.fixture
def trail(clock: FixedClock) -> MemoryAuditTrail:
    """The acts three times over, in hours that lie three apart."""
    trail = MemoryAuditTrail(clock=clock)
    for hour in range(3):
        for number, (actor, action, resource, detail) in enumerate(ACTS):
            act = Act(
                act_id=f"act_{hour}_{number}",
                at=clock.now(),
                actor=Actor(id=actor, role="ops"),
                action=action,
                resource=resource,
                detail=detail,
            )
            append(act, trail=trail)
        clock.advance(timedelta(hours=3))
    return trail


def wanted(**given: Any) -> Wanted:
    return Wanted(**{"since": NOON - DAY, "until": NOON + DAY, **given})


def found(
    trail: MemoryAuditTrail, asked: Wanted, *, limit: int = 100, visits: int = 300
) -> list[str]:
    ids: list[str] = []
    after = None
    for _ in range(200):
        page = search(asked, trail=trail, after=after, limit=limit, visits_max=visits)
        assert len(page.entries) <= limit
        ids += [entry.act.act_id for entry in page.entries]
        after = page.after
        if after is None:
            return ids
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({}, range(7)),
        ({"actor": "usr_a"}, [0, 2, 3]),
        ({"action": "prescription_read"}, [0, 1]),
        ({"actor": "usr_b", "action": "prescription_read"}, [1]),
        ({"is_look": True, "actor": "usr_a"}, [0, 3]),
        ({"chains": ("rx_1",), "is_by_hours": False}, [0, 1, 2]),
        ({"chains": ("rx_2", "rx_1"), "is_by_hours": False, "is_look": True}, [0, 1, 3]),
        (
            {"chains": ("rx_1",), "is_look": True, "showing": frozenset({"rx_1", "pat_2"})},
            [0, 1, 4, 5],
        ),
        ({"actor": "nobody"}, []),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("visits", [1, 2, 300])
def test_what_is_asked_for_is_found_once_whatever_the_pages(
    trail: MemoryAuditTrail, given: dict[str, Any], numbers: list[int], limit: int, visits: int
) -> None:
    expected = {f"act_{hour}_{number}" for hour in range(3) for number in numbers}
    ids = found(trail, wanted(**given), limit=limit, visits=visits)
    assert len(ids) == len(set(ids))
    assert set(ids) == expected


def test_newer_hours_come_first(trail: MemoryAuditTrail) -> None:
    ids = found(trail, wanted(action="document_read"))
    assert ids == ["act_2_3", "act_1_3", "act_0_3"]


def test_times_are_the_acts_own(trail: MemoryAuditTrail) -> None:
    since = NOON + timedelta(hours=1)
    assert found(trail, wanted(since=since, until=since + timedelta(hours=3), actor="usr_a")) == [
        "act_1_0",
        "act_1_2",
        "act_1_3",
    ]


def test_an_act_that_was_stored_late_is_found_by_its_own_time(clock: FixedClock) -> None:
    trail = MemoryAuditTrail(clock=clock)
    clock.advance(timedelta(minutes=30))
    act = Act(
        act_id="late",
        at=NOON - timedelta(minutes=5),
        actor=Actor(id="a", role="ops"),
        action="redrive",
        resource="rx_1",
    )
    append(act, trail=trail)
    assert found(trail, wanted(since=NOON - timedelta(hours=1), until=NOON)) == ["late"]


def test_what_is_no_entry_is_counted(trail: MemoryAuditTrail) -> None:
    trail.texts["rx_1"][1] = "{}"
    page = search(wanted(chains=("rx_1",), is_by_hours=False), trail=trail)
    assert (page.unreadable, len(page.entries)) == (1, 8)


def test_an_export_is_signed_whole(trail: MemoryAuditTrail, clock: FixedClock) -> None:
    vault, signer = MemoryVault(), MemorySigner()
    made = export(wanted(actor="usr_a"), trail=trail, vault=vault, signer=signer, clock=clock)
    ((key, versions),) = vault.files.items()
    assert versions[0] is not None
    about, *entries, _ = [json.loads(line) for line in versions[0].splitlines()]
    assert key == f"exports/{made.export_id}.ndjson"
    assert (about["export"], about["entries"], made.entries) == (made.export_id, 9, 9)
    assert {entry["act"]["actor"]["id"] for entry in entries} == {"usr_a"}
    assert holds(versions[0], signer=signer)
    assert not holds(versions[0].replace(b"usr_a", b"usr_b", 1), signer=signer)
    assert not holds(versions[0], signer=MemorySigner(b"another"))


def test_an_export_that_would_be_cut_short_is_refused(
    trail: MemoryAuditTrail, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    monkeypatch.setattr(exporting, "PAGES_MAX", 3)
    vault = MemoryVault()
    with pytest.raises(ExportTooLarge):
        export(wanted(), trail=trail, vault=vault, signer=MemorySigner(), clock=clock)
    assert vault.files == {}
