"""The audit chain: everything that happened is on it, and nothing on it can be changed unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cloud.door import problem

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


def proof(world: World) -> list[dict[str, Any]]:
    """Every finding of the whole proof; other tests have left theirs."""
    findings: list[dict[str, Any]] = []
    query: dict[str, str] = {}
    while True:
        page = world.door.get("/api/v1/audit/verify", "auditor", params=query).json()
        findings += page["findings"]
        if not page["next_cursor"]:
            return findings
        query = {"cursor": page["next_cursor"]}


def found(world: World, rx: Prescription) -> list[tuple[int, str]]:
    return [(each["place"], each["fault"]) for each in proof(world) if each["where"] == rx.id]


def verdict(world: World, rx: Prescription) -> dict[str, Any]:
    return dict(world.door.get(f"{rx.path}/audit/verify", "auditor").json())


def test_every_event_is_on_the_chain_once(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment").waits_for("payment")
    published = {event["detail-type"] for event in world.tap.events(rx.id)}
    rx.tells("payment_link_required", *published)
    entries = world.ops.read(f"{rx.path}/timeline")["entries"]
    assert sorted(entry["sequence"] for entry in entries) == list(range(1, len(entries) + 1))
    acts = [entry["act"]["act_id"] for entry in entries]
    sent = {event["detail"]["meta"]["event_id"] for event in world.tap.events(rx.id)}
    assert len(set(acts)) == len(acts)
    assert sent <= set(acts)
    told = world.ops.read(f"{rx.path}/timeline")
    assert rx.message.mark not in str(told)
    found = verdict(world, rx)
    assert (found["intact"], found["broken_at"]) == (True, None)
    assert found["entries"] >= len(entries)


def test_who_looked_and_who_was_refused_is_noted(world: World) -> None:
    rx = world.a_prescription(at="validated")
    world.pharmacist.read(rx.path)
    refused = world.door.act(f"{rx.path}/redrive", tag=rx.tag)
    assert problem(refused) == (409, "failure.none")
    entries = [entry["act"] for entry in world.ops.read(f"{rx.path}/timeline")["entries"]]
    looked = {act["actor"]["role"] for act in entries if act["action"] == "prescription_read"}
    assert looked == {"pharmacist", "ops"}
    outcomes = [act["outcome"] for act in entries if act["action"] == "redrive"]
    assert outcomes == ["failure.none"]


def test_a_changed_entry_is_found(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").tells("enrollment_started")
    assert verdict(world, rx)["intact"] is True
    world.backstage.tamper_with_audit(rx.id, 2, "validated", "cancelled")
    found = verdict(world, rx)
    assert (found["intact"], found["broken_at"]) == (False, 2)


def test_a_dropped_entry_is_found(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").tells("enrollment_started")
    world.backstage.drop_audit_entry(rx.id, 2)
    assert verdict(world, rx)["intact"] is False


def test_a_dropped_end_is_found_against_the_digest(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").tells("enrollment_started")
    kept = verdict(world, rx)["entries"]
    world.backstage.seal_audit()
    assert found(world, rx) == []
    world.backstage.drop_audit_entry(rx.id, kept)
    assert verdict(world, rx)["intact"] is True
    assert found(world, rx) == [(kept, "cut")]


def test_who_looked_at_a_patient_is_told_to_auditors_alone(world: World) -> None:
    rx = world.a_prescription(at="validated")
    patient = world.pharmacist.read(rx.path)["patient_id"]
    path = f"/api/v1/audit/patients/{patient}"
    looks = [entry["act"] for entry in world.door.get(path, "auditor").json()["items"]]
    assert ("prescription_read", "pharmacist") in {
        (act["action"], act["actor"]["role"]) for act in looks
    }
    assert problem(world.door.get(path, "ops")) == (403, "access.denied")
