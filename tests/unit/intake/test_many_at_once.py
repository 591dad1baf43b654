"""The same message twenty times at once is one prescription."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp.script import ScriptMessage
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.errors import DuplicateMessage
from pharmonico.fulfillment.intake.letters import Letter
from pharmonico.fulfillment.intake.receive import Taken, receive
from pharmonico.kit.errors import VersionConflict

from tests.builders import published
from tests.unit.intake.conftest import NEW_RX

if TYPE_CHECKING:
    from tests.unit.intake.conftest import Clinic

COPIES = 20


def a_letter() -> Letter:
    message = ncpdp.parse(NEW_RX)
    assert isinstance(message, ScriptMessage)
    return Letter(message=message, raw=NEW_RX, media_type="application/xml", client_id="clinic")


def take(clinic: Clinic) -> Taken:
    actor = Actor(id="clinic", role="provider")
    return receive(a_letter(), actor=actor, correlation_id="cor_1", desk=clinic.desk)


def test_twenty_copies_become_one_prescription(clinic: Clinic) -> None:
    start = Barrier(COPIES)

    def one(_: int) -> str:
        start.wait()
        return take(clinic).order.id

    with ThreadPoolExecutor(COPIES) as pool:
        names = set(pool.map(one, range(COPIES)))
    assert len(names) == len(clinic.stored) == 1
    assert published(clinic.orders) == ["intake_received"]


def test_a_copy_that_collides_with_an_unfinished_write_looks_again(clinic: Clinic) -> None:
    """DynamoDB refuses a transaction while another on the same key is under way."""

    class Contended(MemoryOrders):
        collisions = 3

        def create(self, *args: Any, **kwargs: Any) -> Any:
            if self.collisions:
                self.collisions -= 1
                raise VersionConflict
            order = super().create(*args, **kwargs)
            raise DuplicateMessage(order.id, kwargs["pointers"].body_hash)

    contended = Contended()
    object.__setattr__(clinic.desk, "orders", contended)
    taken = take(clinic)
    assert taken.order.id in contended._orders
    assert contended.collisions == 0
