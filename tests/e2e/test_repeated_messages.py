"""The same message again, and many times at once: one prescription, one answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ncpdp.script import Error

from tests.cloud.door import INTAKE, problem
from tests.cloud.messages import a_new_rx, spoken

if TYPE_CHECKING:
    from tests.cloud.world import World

COPIES = 20


def test_the_same_message_twice_is_answered_alike(world: World) -> None:
    rx = world.a_prescription(at="validated")
    script = [world.door.send(rx.message.raw) for _ in range(2)]
    assert script[0].content == script[1].content
    intake = [world.door.send(rx.message.raw, INTAKE) for _ in range(2)]
    assert intake[0].json() == intake[1].json()
    assert intake[0].json()["id"] == rx.id
    assert {each.headers["location"] for each in (*script, *intake)} == {
        f"{world.cloud.ports.edge_url}{rx.path}"
    }
    rx.tells_once("intake_received")


def test_another_body_under_the_same_message_id_is_refused(world: World) -> None:
    rx = world.a_prescription(at="validated")
    other = rx.message.but("<NumberOfRefills>3<", "<NumberOfRefills>11<")
    answer = world.door.send(other.raw)
    body = spoken(answer).body
    assert isinstance(body, Error)
    assert (answer.status_code, body.code) == (200, "900")
    assert body.description_codes == ("message.id_reused",)
    assert problem(world.door.send(other.raw, INTAKE)) == (409, "message.id_reused")


def test_the_same_json_with_other_spacing_is_a_repetition(world: World) -> None:
    form = a_new_rx()
    first = world.door.ask("POST", INTAKE, role="provider", json=form.json)
    spaced = json.dumps(form.json, indent=3).encode()
    again = world.door.send(spaced, INTAKE, kind="application/json")
    assert first.json() == again.json()
    world.known(first.json()["id"], form)
