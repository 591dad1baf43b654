"""The same message many times at the same moment: one prescription, one answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.cloud.finding import found
from tests.cloud.messages import a_new_rx

if TYPE_CHECKING:
    from tests.cloud.world import World

COPIES = 20


def test_twenty_copies_at_once_are_one_prescription(world: World) -> None:
    message = a_new_rx()
    world.door.token("provider")
    with ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(lambda _: world.door.send(message.raw), range(COPIES)))
    busy = [each for each in answers if each.status_code == 503]
    done = [each for each in answers if each not in busy]
    places = {each.headers["location"] for each in done}
    assert len(places) == 1
    rx = world.known(places.pop().rpartition("/")[2], message)
    assert len({each.content for each in done}) == 1
    assert busy == []
    rx.reaches("validated")
    assert [each["id"] for each in found(world, message.mark)] == [rx.id]
    rx.tells_once("intake_received")
