"""The description of papers is that of what readers get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment import reading
from pharmonico.fulfillment.desk.notes import a_note
from pharmonico.fulfillment.documents import Failure
from pharmonico.fulfillment.reading import Detail, read_detail
from pharmonico.fulfillment.status import Status

from tests.builders import NOON, a_clock, stored
from tests.prescribing import a_validation, an_enrollment
from tests.unit.ops_api.test_claims import CLAIM

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Document

OPS = Actor(id="usr_ops", role="ops")
FAILURE = Failure(
    step="Ship",
    machine="fulfillment",
    error="Unavailable",
    cause="",
    status="paid",
    run=1,
    first_seen=NOON,
    last_seen=NOON,
)
PAPERS: tuple[Document, ...] = (
    a_validation(),
    an_enrollment(),
    CLAIM,
    FAILURE,
    a_note("called", actor=OPS, clock=a_clock()),
)


def described() -> dict[str, Any]:
    schema: dict[str, Any] = Detail.model_json_schema(mode="serialization")
    found: dict[str, Any] = schema["properties"]["documents"]
    return found


def shown(*papers: Document) -> dict[str, Any]:
    orders = MemoryOrders()
    order = stored(orders, status=Status.PAID)
    for paper in papers:
        orders.put_document(order.id, paper)
    documents: dict[str, Any] = read_detail(order.id, orders=orders).model_dump(mode="json")[
        "documents"
    ]
    return documents


def test_what_is_shown_is_as_it_is_described() -> None:
    schema = described()
    Draft202012Validator.check_schema(schema)
    found = shown(*PAPERS)
    assert set(found) == {paper.kind for paper in PAPERS}
    assert list(Draft202012Validator(schema).iter_errors(found)) == []


def test_another_shape_would_be_noticed() -> None:
    found = shown(*PAPERS)
    del found["failure"][0]["step"]
    found["claim"][0]["status"] = "lost"
    places = [list(each.path) for each in Draft202012Validator(described()).iter_errors(found)]
    assert sorted(places, key=str) == [["claim", 0, "status"], ["failure", 0]]


def test_every_kind_that_is_shown_is_described_without_what_is_not_shown() -> None:
    properties = described()["properties"]
    assert set(properties) == {kind.kind for kind in reading._SHOWN}
    assert "exchanges" not in properties["claim"]["items"]["properties"]
    assert "$ref" not in str(described())


@pytest.mark.parametrize("kind", [kind.kind for kind in reading._SHOWN])
def test_every_paper_is_an_object_with_names(kind: str) -> None:
    paper = described()["properties"][kind]["items"]
    assert {"key", "version"} <= paper["properties"].keys()
    assert set(paper["required"]) <= paper["properties"].keys()
