"""One contract for every book of the payer; the race is run on the embedded engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.payer_book import DynamoBook
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.kit.errors import VersionConflict
from pharmonico.payer.records import Record

from local.aws import Engine
from local.engine import start_engine, stop_engine
from local.place import LOOPBACK, Place
from local.seed.payer_plans import PLANS
from tests.contract.conftest import free_port
from tests.payers import Counter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.payer.ports import Book

CLAIMS = 20


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    place, port = Place(tmp_path_factory.mktemp("engine")), free_port()
    start_engine(place, port=port)
    try:
        client = Engine(f"http://{LOOPBACK}:{port}").client("dynamodb")
        names = ("pk", "sk")
        client.create_table(
            TableName="payer",
            KeySchema=[
                {"AttributeName": name, "KeyType": kind}
                for name, kind in zip(names, ("HASH", "RANGE"), strict=True)
            ],
            AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
            BillingMode="PAY_PER_REQUEST",
        )
        yield client
    finally:
        stop_engine(place)


@pytest.fixture(params=["memory", "engine"])
def book(request: pytest.FixtureRequest) -> Book:
    made: Book
    if request.param == "memory":
        made = MemoryBook()
    else:
        made = DynamoBook(request.getfixturevalue("engine"), "payer")
    for plan in PLANS:
        made.put_plan(plan)
    return made


def test_plans_come_back_as_they_were_put(book: Book) -> None:
    assert {plan.name: plan for plan in book.plans()} == {plan.name: plan for plan in PLANS}


def test_what_nobody_wrote_is_new(book: Book) -> None:
    account = book.account("nobody")
    assert (account.version, account.fills, book.claim("none")) == (0, (), None)


def test_a_stale_write_changes_nothing(book: Book) -> None:
    account = book.account("stale")
    record = Record(key="stale-1", rx_number="1")
    book.settle([account], [record])
    with pytest.raises(VersionConflict):
        book.settle([account], [Record(key="stale-2", rx_number="2")])
    assert book.claim("stale-2") is None
    assert book.account("stale").version == 1


def test_claims_at_the_same_time_are_counted_one_by_one(book: Book) -> None:
    """A deductible is taken once, however many pharmacies bill at once."""

    def bill(number: int) -> Any:
        counter = Counter(
            bin_="999002", pcn="HDHP", member_id="RACE1", book=book, rx=8_000_000 + 10 * number
        )
        return counter.bill(ndc=f"999999{number:05d}")

    with ThreadPoolExecutor(CLAIMS) as pharmacies:
        answers = list(pharmacies.map(bill, range(CLAIMS)))
    assert [answer.status for answer in answers] == ["P"] * CLAIMS
    account = Counter(bin_="999002", pcn="HDHP", member_id="RACE1", book=book).account
    (year,) = account.years.values()
    assert year.out_of_pocket_minor == sum(answer.patient_pay_minor or 0 for answer in answers)
    assert year.deductible_minor == sum(answer.deductible_minor or 0 for answer in answers)
    assert len(account.fills) == CLAIMS
