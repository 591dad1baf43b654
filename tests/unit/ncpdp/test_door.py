"""What callers without a type checker give to the door, and to the numbers behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp import telecom
from ncpdp.telecom import Field, Request, Segment

from tests.unit.ncpdp.telecom_messages import CLAIM, MEMBER, ROUTE, messages

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGES = messages()


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_bytes_of_any_kind_are_read(kind: Callable[[bytes], Any]) -> None:
    message = ncpdp.parse(kind(MESSAGES["b1"]))
    assert ncpdp.write(message) == MESSAGES["b1"]


@pytest.mark.parametrize("data", [None, 5, [], "<Message/>", MESSAGES["b1"].decode()])
def test_what_is_not_bytes_is_refused(data: Any) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        ncpdp.parse(data)
    assert caught.value.code == "value.type"


@pytest.mark.parametrize("message", [None, 5, "x", {}, b"D0"])
@pytest.mark.parametrize(
    "call",
    [ncpdp.write, ncpdp.check, ncpdp.to_json, ncpdp.ensure_complete],
    ids=lambda f: f.__name__,
)
def test_what_is_no_message_is_refused(call: Callable[[Any], object], message: Any) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        call(message)
    assert caught.value.code == "value.type"


STRANGE: list[Any] = [None, 1.5, float("nan"), True, b"12{", "", [], {}]


@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_no_value_surprises_the_numbers(value: Any) -> None:
    calls: dict[str, tuple[Callable[[Any], object], ...]] = {
        "money.malformed": (telecom.money_from_text, telecom.money_to_text),
        "quantity.malformed": (telecom.quantity_from_text, telecom.quantity_to_text),
        "rate.malformed": (telecom.rate_from_text, telecom.rate_to_text),
    }
    for code, (read, written) in calls.items():
        for call in (read, written):
            with pytest.raises(ncpdp.InvalidValue) as caught:
                call(value)
            assert caught.value.code == code


def test_a_whole_number_is_a_quantity_and_a_rate() -> None:
    assert telecom.quantity_to_text(30) == "30000"
    assert telecom.rate_to_text(6) == "6000{"
    claim = replace(CLAIM, quantity=30)  # type: ignore[arg-type]  # as exact as a Decimal
    assert telecom.read_claim(telecom.billing_request(ROUTE, MEMBER, claim)).quantity == Decimal(30)


@pytest.mark.parametrize(
    "segment",
    [
        Segment("07", (Field("D2", 7),)),  # type: ignore[arg-type]  # a number is no text
        Segment("07", (Field("D2", None),)),  # type: ignore[arg-type]  # nor is nothing
        Segment("07", (("D2", "7", "8"),)),  # type: ignore[arg-type]  # three are no field
        Segment(7),  # type: ignore[arg-type]  # an id is text
    ],
)
def test_a_field_that_is_no_text_cannot_be_written(segment: Segment) -> None:
    message = ncpdp.parse(MESSAGES["b2"])
    assert isinstance(message, Request)
    with pytest.raises(ncpdp.InvalidValue):
        ncpdp.write(replace(message, transactions=((segment,),)))


@pytest.mark.parametrize("call", [ncpdp.check, ncpdp.to_json, ncpdp.write])
def test_a_number_in_a_field_or_header_is_refused(call: Callable[[Any], object]) -> None:
    message = ncpdp.parse(MESSAGES["b2"])
    assert isinstance(message, Request)
    segment = Segment("07", (Field("D2", 7),))  # type: ignore[arg-type]  # what is tried
    header = replace(message.header, pcn=None)  # type: ignore[arg-type]  # the same
    for changed in (replace(message, segments=(segment,)), replace(message, header=header)):
        with pytest.raises(ncpdp.InvalidValue):
            call(changed)
