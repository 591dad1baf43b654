"""What is packed comes back, and what was packed once stays readable."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib

import ncpdp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ncpdp.script import ScriptMessage
from pharmonico.adapters.dynamodb.items import (
    document_item,
    order_item,
    read_document,
    read_order,
)
from pharmonico.events.fulfillment import IntakeReceived
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.intake.letters import Letter
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.recording import record
from pharmonico.kit.ids import new_id
from pharmonico.kit.packing import DICTIONARIES, pack, pack_text, unpack, unpack_text

from local.samples import sample
from tests.builders import NOON, a_clock, a_wait, an_order

KB = 1024
KEYS = 100
"""Bytes of the keys and the version beside a body."""
FROZEN = {
    1: "f9b01b5cbb4f164bc68ac09b085499cbc4b23633aee86a82813e81070cd17f16",
    2: "3c0a9d28be15d8bd7db3c0dd34ccc952ab7f5d97e4bbfe4eef754ebe3d27a769",
}
"""Fingerprints of the dictionaries: changing one makes every record unreadable."""


@given(st.text())
def test_whatever_is_packed_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text
    assert unpack_text(pack_text(text)) == text


@given(st.lists(st.binary(max_size=300)), st.lists(st.text(max_size=300)))
def test_bytes_within_a_record_come_back_to_the_letter(raw: list[bytes], texts: list[str]) -> None:
    held = [base64.b64encode(each).decode() for each in (*raw, *(text.encode() for text in texts))]
    record = json.dumps({"held": held, "texts": texts, "of_no_bytes": "QUJD" * 20 + "QR=="})
    assert unpack(pack(record)) == record


def test_a_message_is_packed_with_its_json_form_and_not_as_base64() -> None:
    raw = sample("newrx")
    message = ncpdp.parse(raw)
    assert isinstance(message, ScriptMessage)
    paper = Letter(message, raw, "application/xml", "client").document()
    item = document_item("rx_01TEST", paper)
    assert len(item["body"]["B"]) < 2 * KB - KEYS
    assert read_document(item, Script) == paper.model_copy(update={"version": 1})


def test_what_was_deflated_before_is_still_read() -> None:
    assert unpack(zlib.compress(b'{"key":"1"}')) == '{"key":"1"}'
    assert unpack_text("[]") == "[]"


@pytest.mark.parametrize("number", DICTIONARIES)
def test_a_dictionary_never_changes(number: int) -> None:
    words = DICTIONARIES[number]
    assert hashlib.sha256(words).hexdigest() == FROZEN[number]


def test_a_record_of_the_first_dictionary_is_read() -> None:
    packed = base64.b64decode("AcNZuphjK1BgGbcWAA==")
    assert unpack(packed) == '{"id":"rx_01M","version":7,"status":"awaiting_payment"}'


def test_a_prescription_at_its_fullest_and_its_events_are_paid_as_one_kb() -> None:
    clock = a_clock()
    order = an_order(
        owner="arn:aws:states:us-east-1:123456789012:execution:pharmonico-prod-fulfillment:"
        "d8e9389a-0610-4121-82c5-a561194a1eab",
        wait=a_wait(WaitName.DELIVERY),
        plan="610014-MEDDPRIME",
        pharmacy_id="ph_2109886",
        claim_id=new_id("clm", clock=clock),
        payment_id=new_id("pay", clock=clock),
        shipment_id=new_id("shp", clock=clock),
        tracking=Tracking(carrier="usps", number="9205590175263364175862", status_at=NOON),
    )
    events = [record(IntakeReceived, order, before=order, clock=clock)]
    item = order_item(order, events)
    assert read_order(item) == order.written()
    assert sum(len(name) + _size(value) for name, value in item.items()) <= KB


def _size(value: dict[str, str | bytes]) -> int:
    return sum(len(each) for each in value.values())
