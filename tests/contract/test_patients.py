"""What every store of patients' papers must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.dynamodb.patients import DynamoPatients
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.fulfillment.patients.papers import (
    Decision,
    Holder,
    Listed,
    Pair,
    PatientRecord,
    Person,
    Said,
    pair_key,
)
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON, stored
from tests.contract.conftest import create_orders_table

if TYPE_CHECKING:
    from pharmonico.fulfillment.patients.ports import Patients
    from pharmonico.fulfillment.ports import Orders

JORDAN = Person(last_name="Doe", first_name="Jordan", born="1979-05-17")
Stores = tuple["Orders", "Patients"]


@pytest.fixture(params=["memory", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        orders = MemoryOrders()
        return orders, MemoryPatients(orders)
    client = request.getfixturevalue("dynamodb")
    create_orders_table(client)
    return DynamoOrders(client, "orders"), DynamoPatients(client, "orders")


def a_record(**changes: Any) -> PatientRecord:
    return PatientRecord(**{"patient_id": "pat_1", "person": JORDAN, **changes})


def a_pair(number: int = 2) -> Pair:
    return Pair(
        key=pair_key("pat_1", f"pat_{number}"),
        patient_ids=("pat_1", f"pat_{number}"),
        people=(JORDAN, JORDAN),
        score=97,
        breakdown={"born": (30.0, 30.0)},
        prescription_id="rx_1",
        found_at=NOON,
    )


def decided(pair: Pair) -> Pair:
    said = Decision(verdict="same", reason="called", by="usr_ops", role="ops", at=NOON)
    return pair.model_copy(update={"decision": said})


def saved(orders: Any, order_id: str, *papers: Any) -> None:
    orders.save(stored(orders, id=order_id), papers=papers)


def test_a_record_is_written_with_the_order_and_read_back(stores: Stores) -> None:
    orders, patients = stores
    assert patients.record("pat_1") is None
    saved(orders, "rx_1", a_record())
    found = patients.record("pat_1")
    assert found == a_record(version=1)


def test_of_two_who_write_a_record_one_loses_and_its_order_stays(stores: Stores) -> None:
    orders, patients = stores
    saved(orders, "rx_1", a_record())
    order = stored(orders, id="rx_2")
    with pytest.raises(VersionConflict):
        orders.save(order, papers=[a_record()])
    assert orders.get("rx_2").version == order.version
    orders.save(order, papers=[a_record(version=1)])
    assert patients.record("pat_1") == a_record(version=2)


def test_a_bucket_holds_its_people_and_no_others(stores: Stores) -> None:
    orders, patients = stores
    people = [Listed(key=f"pat_{n}", bucket="ONE", person=JORDAN) for n in range(3)]
    other = Listed(key="pat_9", bucket="TWO", person=JORDAN)
    saved(orders, "rx_1", *people, other)
    orders.save(orders.get("rx_1"), papers=people)
    assert [each.key for each in patients.alike("ONE", limit=10)] == ["pat_0", "pat_1", "pat_2"]
    assert len(patients.alike("ONE", limit=2)) == 2
    assert patients.alike("NONE", limit=2) == ()


def test_the_queue_is_read_in_pages(stores: Stores) -> None:
    orders, patients = stores
    saved(orders, "rx_1", *[a_pair(n) for n in (2, 3, 4)])
    first = patients.open_pairs(limit=2)
    rest = patients.open_pairs(limit=2, after=first.next_after)
    keys = [pair.key for pair in (*first.items, *rest.items)]
    assert keys == [a_pair(n).key for n in (2, 3, 4)]
    assert rest.next_after is None


def test_a_decision_takes_the_pair_off_the_queue_and_writes_the_records(stores: Stores) -> None:
    orders, patients = stores
    saved(orders, "rx_1", a_record(), a_pair())
    patients.decide(decided(a_pair()), [a_record(version=1, same_as=("pat_2",))])
    assert patients.open_pair(a_pair().key) is None
    found = patients.record("pat_1")
    assert found is not None
    assert found.same_as == ("pat_2",)
    with pytest.raises(VersionConflict):
        patients.decide(decided(a_pair()))


def test_a_decision_on_an_old_record_changes_nothing(stores: Stores) -> None:
    orders, patients = stores
    saved(orders, "rx_1", a_record(), a_pair())
    with pytest.raises(VersionConflict):
        patients.decide(decided(a_pair()), [a_record(version=7)])
    assert patients.open_pair(a_pair().key) is not None


def test_a_record_number_is_kept_with_the_prescription_that_named_it(stores: Stores) -> None:
    orders, patients = stores
    order = stored(orders)
    assert patients.holder("BLIND") is None
    said = Said(prescription_id=order.id, person=JORDAN)
    orders.save(order, papers=[Holder(number="BLIND", people=(said,))])
    found = patients.holder("BLIND")
    assert found is not None
    assert (found.people, found.version) == ((said,), 1)
    with pytest.raises(VersionConflict):
        orders.save(orders.get(order.id), papers=[Holder(number="BLIND", people=(said,))])
