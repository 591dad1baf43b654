"""A clinic hears by signed webhooks what becomes of its prescriptions."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import pytest

from tests.cloud.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cloud.world import World

ENDPOINTS = "/api/v1/webhooks/endpoints"
HEARD = ["validation_failed", "prescription_cancelled", "pharmacy_selected"]
REASON = {"reason": "patient_moved"}


class Receiver:
    """One registered endpoint, which the sandbox plays."""

    def __init__(self, world: World) -> None:
        self.world, self.name = world, f"clinic-{secrets.token_hex(4)}"
        url = f"{world.partners.url}/hooks/{self.name}"
        made = world.provider.act(ENDPOINTS, {"url": url, "events": HEARD})
        self.path = f"{ENDPOINTS}/{made['endpoint_id']}"
        self.set_up(secret=made["secret"])

    def set_up(self, **order: Any) -> None:
        path = f"{self.world.partners.url}/sandbox/hooks/{self.name}/set-up"
        self.world.partners.http.post(path, json=order).raise_for_status()

    def drop(self) -> None:
        url = f"{self.world.cloud.ports.edge_url}{self.path}"
        headers = {"Authorization": f"Bearer {self.world.provider.token}"}
        self.world.partners.http.delete(url, headers=headers).raise_for_status()

    @property
    def heard(self) -> list[dict[str, Any]]:
        """Oldest first."""
        path = f"{self.world.partners.url}/sandbox/hooks.json"
        answer = self.world.partners.http.get(path, params={"name": self.name})
        return list(reversed(answer.raise_for_status().json()["items"]))

    def hears(self, count: int) -> list[dict[str, Any]]:
        return until(
            lambda: found if len(found := self.heard) >= count else None, f"{count} webhooks"
        )


@pytest.fixture
def receiver(world: World) -> Iterator[Receiver]:
    receiver = Receiver(world)
    yield receiver
    receiver.drop()


def test_a_cancelled_prescription_is_told_signed_and_thin(world: World, receiver: Receiver) -> None:
    rx = world.a_prescription()
    rx.ops_do("cancel", REASON)
    (heard,) = receiver.hears(1)
    assert (heard["verdict"], heard["type"]) == ("good", "prescription_cancelled")
    assert rx.id in heard["body"]
    assert rx.shown["patient_id"] not in heard["body"]


def test_a_receiver_that_was_down_hears_it_later(world: World, receiver: Receiver) -> None:
    receiver.set_up(status=503, times=1)
    world.a_prescription().ops_do("cancel", REASON)
    heard = receiver.hears(2)
    assert [each["answered"] for each in heard] == [503, 204]
    assert len({each["message_id"] for each in heard}) == 1


def test_what_was_held_is_replayed(world: World, receiver: Receiver) -> None:
    ops = world.ops
    ops.act(f"{receiver.path}/pause")
    rx = world.a_prescription()
    rx.ops_do("cancel", REASON)
    log = f"{receiver.path}/deliveries"
    held = until(lambda: ops.read(log, status="held")["items"], "the held webhook")
    assert [each["prescription_id"] for each in held] == [rx.id]
    ops.act(f"{receiver.path}/resume")
    since = {"since": "2020-01-01T00:00:00Z"}
    assert ops.act(f"{receiver.path}/replay", since) == {"queued": 1, "more": False}
    (heard,) = receiver.hears(1)
    assert heard["verdict"] == "good"
