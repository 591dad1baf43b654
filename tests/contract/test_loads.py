"""Places in a pharmacy's day: taken and freed by the writes of orders, never more than there are.

The race is run on the embedded engine, whose transactions are real; one process cannot prove it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.loads import DynamoLoads
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.documents import Candidate, Ranking
from pharmonico.fulfillment.errors import PharmacyFull
from pharmonico.fulfillment.loads import Slot
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.routing.selection import Choice, select_pharmacy
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict

from local.aws import Engine
from local.engine import start_engine, stop_engine
from local.place import LOOPBACK, Place
from tests.builders import NOON, a_clock, an_order
from tests.contract.conftest import create_orders_table, free_port
from tests.prescribing import a_need, a_pharmacy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.loads import Loads
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

PHARMACY, TODAY = "ph_0000001", NOON.date()
OPS = Actor(id="usr_ops", role="ops")
PLACES, CLERKS = 5, 12
RANKED = Ranking(
    policy_version="2026-11",
    need=a_need(),
    ranked_at=NOON,
    candidates=(Candidate(pharmacy_id=PHARMACY, name="One", score=90, miles=1, parts={}),),
)


@dataclass(frozen=True)
class Store:
    """Orders and the counters beside them."""

    orders: Orders
    loads: Loads

    def made(self, number: int, **changes: Any) -> Order:
        status = changes.pop("status", Status.AWAITING_PHARMACY_SELECTION)
        order = an_order(id=f"rx_{number:05d}", status=status, **changes)
        pointers = Pointers(message=f"m-{number}", order_number=None, body_hash="hash")
        return self.orders.create(order, pointers=pointers, events=[], documents=[RANKED])

    def taken(self, day: date = TODAY) -> int:
        return self.loads.taken({PHARMACY: day}).get(PHARMACY, 0)

    def take(self, order: Order, capacity: int = PLACES, day: date = TODAY) -> Order:
        slot = Slot(pharmacy_id=PHARMACY, day=day, capacity=capacity)
        return self.orders.save(order.moved(Status.PHARMACY_SELECTED, at=NOON).taking(slot))


@pytest.fixture(scope="module")
def engine_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A table on an embedded engine of its own, as many threads as there are clerks."""
    place, port = Place(tmp_path_factory.mktemp("engine")), free_port()
    start_engine(place, port=port)
    try:
        client = Engine(f"http://{LOOPBACK}:{port}").client("dynamodb")
        create_orders_table(client)
        yield client
    finally:
        stop_engine(place)


@pytest.fixture(params=["memory", "moto", "engine"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        orders = MemoryOrders()
        return Store(orders, orders.loads)
    if request.param == "moto":
        client = request.getfixturevalue("dynamodb")
        create_orders_table(client)
    else:
        client = request.getfixturevalue("engine_table")
        _empty(client)
    return Store(DynamoOrders(client, "orders"), DynamoLoads(client, "orders"))


def _empty(client: Any) -> None:
    for item in client.scan(TableName="orders")["Items"]:
        client.delete_item(TableName="orders", Key={"pk": item["pk"], "sk": item["sk"]})


@pytest.fixture(params=["memory", "engine"])
def racing(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        orders = MemoryOrders()
        return Store(orders, orders.loads)
    client = request.getfixturevalue("engine_table")
    _empty(client)
    return Store(DynamoOrders(client, "orders"), DynamoLoads(client, "orders"))


def test_nobody_has_taken_anything_yet(store: Store) -> None:
    assert store.taken() == 0


def test_a_selection_takes_one_place_of_that_day(store: Store) -> None:
    order = store.take(store.made(1))
    assert (order.slot, order.takes) == (Slot(pharmacy_id=PHARMACY, day=TODAY, capacity=5), None)
    assert store.orders.get(order.id) == order
    assert (store.taken(), store.taken(date(2026, 9, 16))) == (1, 0)


def test_later_writes_of_the_order_take_nothing_more(store: Store) -> None:
    order = store.take(store.made(1))
    store.orders.save(store.orders.get(order.id).changed(at=NOON))
    assert store.taken() == 1


def test_the_last_place_is_not_taken_twice_and_nothing_is_written(store: Store) -> None:
    store.take(store.made(1), capacity=1)
    second = store.made(2)
    with pytest.raises(PharmacyFull):
        store.take(second, capacity=1)
    assert store.orders.get(second.id) == second
    assert store.taken() == 1


def test_a_pharmacy_without_places_has_none_on_any_day(store: Store) -> None:
    with pytest.raises(PharmacyFull):
        store.take(store.made(1), capacity=0)


def test_a_new_day_begins_with_all_places(store: Store) -> None:
    store.take(store.made(1), capacity=1)
    tomorrow = date(2026, 9, 16)
    store.take(store.made(2), capacity=1, day=tomorrow)
    assert (store.taken(), store.taken(tomorrow)) == (1, 1)


def test_a_place_is_freed_with_the_move_and_can_be_taken_again(store: Store) -> None:
    order = store.take(store.made(1), capacity=1)
    freed = store.orders.save(order.moved(Status.CANCELLED, at=NOON))
    assert (freed.slot, freed.frees, store.taken()) == (None, None, 0)
    store.take(store.made(2), capacity=1)
    assert store.taken() == 1


def test_a_write_that_lost_its_race_neither_takes_nor_frees(store: Store) -> None:
    order = store.made(1)
    taken = store.take(order)
    with pytest.raises(VersionConflict):
        store.take(order)
    store.orders.save(taken.moved(Status.CANCELLED, at=NOON))
    with pytest.raises(VersionConflict):
        store.orders.save(taken.moved(Status.CANCELLED, at=NOON))
    assert store.taken() == 0


def test_a_lost_race_is_told_before_a_full_pharmacy(store: Store) -> None:
    order = store.made(1)
    store.take(order, capacity=1)
    with pytest.raises(VersionConflict):
        store.take(order, capacity=1)


def test_taking_the_same_place_again_counts_once(store: Store) -> None:
    order = store.take(store.made(1), capacity=1)
    again = order.model_copy(update={"status": Status.AWAITING_PHARMACY_SELECTION})
    store.take(store.orders.save(again), capacity=1)
    assert store.taken() == 1


def test_two_hundred_pharmacies_are_asked_at_once(store: Store) -> None:
    store.take(store.made(1))
    days = {f"ph_{number:07d}": TODAY for number in range(200)}
    assert {name: n for name, n in store.loads.taken(days).items() if n} == {PHARMACY: 1}


def test_selections_at_once_never_overfill_a_pharmacy(racing: Store) -> None:
    """Twelve clerks with five places: five get one, whatever order their writes arrive in."""
    directory = MemoryDirectory(pharmacies=[a_pharmacy(1, capacity=PLACES)])
    made = [racing.made(number) for number in range(CLERKS)]

    def select(order: Order) -> str:
        try:
            on_conflict(
                lambda: select_pharmacy(
                    order.id,
                    Choice(PHARMACY),
                    actor=OPS,
                    expected_revision=order.revision,
                    orders=racing.orders,
                    directory=directory,
                    clock=a_clock(),
                ),
                tries=CLERKS * 4,
            )
        except PharmacyFull:
            return "full"
        return "selected"

    with ThreadPoolExecutor(CLERKS) as pool:
        ended = sorted(pool.map(select, made))
    assert ended == ["full"] * (CLERKS - PLACES) + ["selected"] * PLACES
    holders = [order for order in made if racing.orders.get(order.id).slot]
    assert (len(holders), racing.taken()) == (PLACES, PLACES)


def test_cancelling_and_selecting_at_once_leaves_the_count_true(racing: Store) -> None:
    directory = MemoryDirectory(pharmacies=[a_pharmacy(1, capacity=PLACES)])
    held = [racing.take(racing.made(number)) for number in range(PLACES)]
    waiting = [racing.made(100 + number) for number in range(PLACES)]

    def undo(order: Order) -> None:
        on_conflict(
            lambda: cancel(
                order.id, reason="ops", actor=OPS, orders=racing.orders, clock=a_clock()
            ),
            tries=CLERKS * 4,
        )

    def select(order: Order) -> None:
        try:
            on_conflict(
                lambda: select_pharmacy(
                    order.id,
                    Choice(PHARMACY),
                    actor=OPS,
                    expected_revision=order.revision,
                    orders=racing.orders,
                    directory=directory,
                    clock=a_clock(),
                ),
                tries=CLERKS * 4,
            )
        except PharmacyFull:
            return

    with ThreadPoolExecutor(CLERKS) as pool:
        done = [pool.submit(undo, order) for order in held]
        done += [pool.submit(select, order) for order in waiting]
        for each in done:
            each.result()
    holders = sum(racing.orders.get(order.id).slot is not None for order in (*held, *waiting))
    assert racing.taken() == holders <= PLACES
