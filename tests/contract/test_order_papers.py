"""What every store of prescriptions must do with their papers."""

from __future__ import annotations

import base64
from random import Random
from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.adjudication.papers import Billing
from pharmonico.fulfillment.documents import Enrollment, Notice, Payment, Script
from pharmonico.fulfillment.errors import OrderNotFound
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON
from tests.contract.stored_orders import ENROLLMENT, RX, created

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders


def test_an_order_and_its_documents_are_written_together(orders: Orders) -> None:
    order = created(orders)
    orders.save(order.moved(Status.VALIDATED, at=NOON), documents=[ENROLLMENT])
    assert orders.document(RX, Enrollment) == ENROLLMENT.model_copy(update={"version": 1})


def test_an_order_is_read_with_one_of_its_documents(orders: Orders) -> None:
    order = created(orders)
    assert orders.get_with(RX, Enrollment) == (order, None)
    enrollment = orders.put_document(RX, ENROLLMENT)
    assert orders.get_with(RX, Enrollment) == (order, enrollment)
    assert orders.get_with(RX, Enrollment, "2") == (order, None)
    with pytest.raises(OrderNotFound):
        orders.get_with("rx_02", Enrollment)


def test_a_document_that_lost_its_race_takes_the_order_along(orders: Orders) -> None:
    order = created(orders)
    orders.put_document(RX, ENROLLMENT)
    with pytest.raises(VersionConflict):
        orders.save(order.moved(Status.VALIDATED, at=NOON), documents=[ENROLLMENT])
    assert orders.get(RX).status is Status.RECEIVED


def test_a_document_is_written_on_its_own_version(orders: Orders) -> None:
    created(orders)
    first = orders.put_document(RX, ENROLLMENT)
    second = orders.put_document(RX, first.model_copy(update={"locked": True}))
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(VersionConflict):
        orders.put_document(RX, first)
    assert orders.document(RX, Enrollment) == second


def test_a_long_document_comes_back_as_it_was(orders: Orders) -> None:
    created(orders)
    script = Script(media_type="application/xml", raw_base64="PE1lc3NhZ2U+" * 500, message={})
    orders.put_document(RX, script)
    assert orders.document(RX, Script) == script.model_copy(update={"version": 1})
    assert orders.documents(RX, Script) == (script.model_copy(update={"version": 1}),)


def test_a_document_of_another_kind_key_or_order_is_not_mixed_up(orders: Orders) -> None:
    created(orders)
    orders.put_document(RX, ENROLLMENT)
    assert orders.document(RX, Notice) is None
    assert orders.document(RX, Enrollment, "2") is None
    assert orders.document("rx_02", Enrollment) is None


def test_long_documents_come_all_although_one_answer_holds_a_megabyte(orders: Orders) -> None:
    created(orders)
    noise = Random(1)
    for number in range(5):
        raw = base64.b64encode(noise.randbytes(250_000)).decode()
        script = Script(key=f"{number}", media_type="text/xml", raw_base64=raw, message={})
        orders.put_document(RX, script)
    assert [paper.key for paper in orders.documents(RX, Script)] == list("01234")


def test_a_folder_has_the_documents_of_the_kinds_that_were_asked_for(orders: Orders) -> None:
    order = created(orders)
    scripts = [Script(key=key, media_type="text/xml", raw_base64="", message={}) for key in "21"]
    another = Billing(is_cash=True)
    for paper in (*scripts, ENROLLMENT, another):
        orders.put_document(RX, paper)
    created(orders, "rx_01TEST2")
    orders.put_document("rx_01TEST2", ENROLLMENT)
    kinds = (Script, Enrollment, Payment)
    found, folder = orders.folder(RX, kinds)
    assert found == order
    assert folder == {kind.kind: orders.documents(RX, kind) for kind in kinds}
    assert [len(folder[kind.kind]) for kind in kinds] == [2, 1, 0]
    with pytest.raises(OrderNotFound):
        orders.folder("rx_02", kinds)


def test_all_documents_of_a_kind_come_in_the_order_of_their_keys(orders: Orders) -> None:
    created(orders)
    orders.put_document(RX, ENROLLMENT)
    for key in ("evt_2#sms", "evt_1#email"):
        orders.put_document(RX, a_notice(key))
    assert [notice.key for notice in orders.documents(RX, Notice)] == ["evt_1#email", "evt_2#sms"]
    assert [notice.key for notice in orders.documents(RX, Notice, "evt_2#")] == ["evt_2#sms"]
    assert orders.documents(RX, Notice, "evt_3#") == ()


def a_notice(key: str) -> Notice:
    return Notice(
        key=key,
        event_id=key.partition("#")[0],
        template="code",
        channel="email",
        status="sent",
        sent_at=NOON,
    )
