"""Finding prescriptions: by all their words, page by page, and never by what they once were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.fulfillment.desk import searching
from pharmonico.fulfillment.desk.indexing import index
from pharmonico.fulfillment.desk.searching import search
from pharmonico.fulfillment.documents import Enrollment, Insurance
from pharmonico.fulfillment.order import Summary, Tracking
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON, an_order, stored
from tests.prescribing import a_script

if TYPE_CHECKING:
    from collections.abc import Collection

    from pharmonico.fulfillment.desk.ports import Indexed
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import OrderPage

KEY = "k" * 32


def rx(number: int) -> str:
    return f"rx_{number:026}"


def named(name: str) -> Summary:
    return an_order().summary.model_copy(update={"patient_name": name})


@dataclass
class Archive:
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    desk: MemoryDesk = field(default_factory=MemoryDesk)

    def holds(self, number: int, name: str = "Jordan Doe", **changes: Any) -> Order:
        order = stored(self.orders, id=rx(number), summary=named(name), **changes)
        self.index(order.id)
        return order

    def index(self, order_id: str) -> bool:
        return index(order_id, orders=self.orders, postings=self.desk, key=KEY)

    def page(self, text: str, **query: Any) -> OrderPage:
        wanted = OrderQuery(**query)
        return search(text, wanted, orders=self.orders, postings=self.desk, key=KEY)

    def finds(self, text: str, **query: Any) -> list[int]:
        return [int(order.id[3:]) for order in self.page(text, **query).items]


@pytest.fixture
def archive() -> Archive:
    return Archive()


def test_every_word_must_fit(archive: Archive) -> None:
    archive.holds(1, "Jordan Doe")
    archive.holds(2, "Jordan Roe")
    archive.holds(3, "Casey Doe")
    assert archive.finds("jordan") == [2, 1]
    assert archive.finds("doe JORD") == [1]
    assert archive.finds("jordan lipitor") == [2, 1]
    assert archive.finds("jordan nobody") == []
    assert archive.finds("") == []


def test_a_prescription_is_found_by_what_its_papers_say(archive: Archive) -> None:
    order = archive.holds(1)
    archive.orders.put_document(order.id, a_script())
    coverage = Insurance(bin="610014", member_id="MBR-0001")
    paper = Enrollment(
        prescription_id=order.id,
        started_at=NOON,
        started_by="usr_ops",
        contact_phone="5550100199",
        insurance=coverage,
    )
    archive.orders.put_document(order.id, paper)
    tracking = Tracking(carrier="usps", number="9400 1000")
    archive.orders.save(order.changed(at=NOON, claim_id="clm_1", tracking=tracking))
    assert archive.index(order.id)
    for text in (
        *("1979-05-17", "5/17/1979", "mbr-0001", "MBR0001", "555-010-0199"),
        *("clm_1", "94001000", "EX-1", "00071-0156-23", order.patient_id, order.id),
    ):
        assert archive.finds(text) == [1], text
    assert archive.finds("mbr-00") == []


def test_what_was_put_right_is_no_longer_found_as_it_was(archive: Archive) -> None:
    order = archive.holds(1, "Jordan Doe")
    archive.orders.save(order.changed(at=NOON, summary=named("Jordan Roe")))
    assert archive.index(order.id)
    assert (archive.finds("doe"), archive.finds("roe")) == ([], [1])


def test_nothing_new_is_not_written_again(archive: Archive) -> None:
    order = archive.holds(1)
    before = archive.desk.indexed(order.id)
    assert not archive.index(order.id)
    assert archive.desk.indexed(order.id) == before


def test_pages_follow_each_other_in_either_order(archive: Archive) -> None:
    for number in range(1, 8):
        archive.holds(number)
    first = archive.page("doe", limit=3)
    second = archive.page("doe", limit=3, after=first.next_after)
    third = archive.page("doe", limit=3, after=second.next_after)
    found = [order.id for page in (first, second, third) for order in page.items]
    assert found == [rx(number) for number in range(7, 0, -1)]
    assert third.next_after is None
    assert archive.finds("doe", oldest_first=True, limit=2, after=rx(3)) == [4, 5]


def test_filters_narrow_what_was_found(archive: Archive) -> None:
    archive.holds(1, status=Status.PAID)
    archive.holds(2)
    assert archive.finds("doe", statuses=(Status.PAID,)) == [1]
    assert archive.finds(rx(2), statuses=(Status.PAID,)) == []
    assert archive.finds(f"{rx(2)} roe") == []


def test_words_too_common_to_see_the_end_lead_on(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "READ_AT_ONCE", 2)
    monkeypatch.setattr(searching, "LOOKED_AT_MAX", 4)
    for number in range(1, 11):
        archive.holds(number, status=Status.PAID if number == 1 else Status.RECEIVED)
    found, after, pages = [], None, 0
    while True:
        page = archive.page("doe", statuses=(Status.PAID,), after=after)
        found += [order.id for order in page.items]
        pages, after = pages + 1, page.next_after
        if after is None:
            break
    assert (found, pages) == ([rx(1)], 3)


class Overtaken(MemoryDesk):
    """While one indexer writes, another has noted a newer state of the prescription."""

    def __init__(self, orders: MemoryOrders) -> None:
        super().__init__()
        self.orders = orders
        self.overtake = False

    def add(self, order_id: str, terms: Collection[str]) -> None:
        super().add(order_id, terms)
        if self.overtake:
            self.overtake = False
            order = self.orders.get(order_id)
            self.orders.save(order.changed(at=NOON, summary=named("Casey Poe")))
            index(order_id, orders=self.orders, postings=self, key=KEY)


def test_one_who_comes_too_late_takes_back_what_it_added(archive: Archive) -> None:
    archive.desk = desk = Overtaken(archive.orders)
    order = archive.holds(1, "Jordan Doe")
    archive.orders.save(order.changed(at=NOON, summary=named("Jordan Roe")))
    desk.overtake = True
    archive.index(order.id)
    assert [archive.finds(word) for word in ("jordan", "doe", "roe", "casey")] == [[], [], [], [1]]


def test_what_always_changes_is_given_back_to_the_queue(archive: Archive) -> None:
    class Restless(MemoryDesk):
        def note(self, order_id: str, indexed: Indexed) -> None:
            raise VersionConflict

    archive.desk = Restless()
    with pytest.raises(VersionConflict):
        archive.holds(1)
