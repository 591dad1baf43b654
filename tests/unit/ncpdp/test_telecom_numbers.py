"""Signed overpunch and implied decimals over their whole range."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

import ncpdp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ncpdp.telecom import (
    money_from_text,
    money_to_text,
    quantity_from_text,
    quantity_to_text,
    rate_from_text,
    rate_to_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("minor", "text"),
    [(5570, "557{"), (12044, "1204D"), (0, "00{"), (1, "00A"), (-1, "00J"), (-100, "10}"),
     (99, "09I"), (-99, "09R"), (99_999_999, "9999999I")],
)  # fmt: skip
def test_money(minor: int, text: str) -> None:
    assert money_to_text(minor) == text
    assert money_from_text(text) == minor


@given(st.integers(-99_999_999, 99_999_999))
def test_every_amount_comes_back(minor: int) -> None:
    assert money_from_text(money_to_text(minor)) == minor


@pytest.mark.parametrize(
    ("text", "minor"), [("}", 0), ("{", 0), ("A", 1), ("0000557{", 5570), ("5570", 5570)]
)
def test_other_ways_to_write_an_amount(text: str, minor: int) -> None:
    assert money_from_text(text) == minor


@pytest.mark.parametrize("text", ["", " ", "12.3D", "-12D", "12S", "1{2", "٣{", "1" * 30 + "{"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        money_from_text(text)
    assert caught.value.code == "money.malformed"


@given(st.text(max_size=12))
def test_no_text_surprises_the_readers(text: str) -> None:
    for read in (money_from_text, quantity_from_text):
        with suppress(ncpdp.InvalidValue):
            assert read(text) == read(text.strip(" "))


@pytest.mark.parametrize("minor", [10**8, -(10**8), 10**5000], ids=["just", "negative", "huge"])
def test_an_amount_too_large_for_the_field(minor: int) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        money_to_text(minor)
    assert caught.value.code == "money.range"


@pytest.mark.parametrize(
    ("quantity", "text"), [("30", "30000"), ("2.5", "2500"), ("0.001", "1"), ("0", "0")]
)
def test_quantity(quantity: str, text: str) -> None:
    assert quantity_to_text(Decimal(quantity)) == text
    assert quantity_from_text(text) == Decimal(quantity)


@given(st.integers(0, 9_999_999_999))
def test_every_quantity_comes_back(thousandths: int) -> None:
    quantity = Decimal(thousandths).scaleb(-3)
    assert quantity_from_text(quantity_to_text(quantity)) == quantity


def test_a_quantity_reads_without_exponent() -> None:
    assert str(quantity_from_text("0000030000")) == "30"
    assert str(quantity_from_text("100000")) == "100"


@pytest.mark.parametrize(
    "quantity", ["0.0001", "-1", "NaN", "Infinity", "1." + "0" * 40 + "1", "1E-9999"]
)
def test_what_is_no_quantity(quantity: str) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        quantity_to_text(Decimal(quantity))
    assert caught.value.code == "quantity.malformed"


@pytest.mark.parametrize("quantity", ["10000000", "1E+6000", "1E+999999999"])
def test_a_quantity_too_large_for_the_field(quantity: str) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        quantity_to_text(Decimal(quantity))
    assert caught.value.code == "quantity.range"


@pytest.mark.parametrize(
    ("rate", "text"),
    [("6.25", "6250{"), ("-0.0001", "00J"), ("0", "00{"), ("99999.9999", "99999999I")],
)
def test_rate(rate: str, text: str) -> None:
    assert rate_to_text(Decimal(rate)) == text
    assert rate_from_text(text) == Decimal(rate)


@given(st.integers(-999_999_999, 999_999_999))
def test_every_rate_comes_back(parts: int) -> None:
    rate = Decimal(parts).scaleb(-4)
    assert rate_from_text(rate_to_text(rate)) == rate


def test_blanks_before_a_number_are_no_part_of_it() -> None:
    assert money_from_text("  557{") == 5570
    assert quantity_from_text("  30000 ") == 30
    for text in ("\t557{", "55 7{", "557 {", "X557{"):
        with pytest.raises(ncpdp.InvalidValue):
            money_from_text(text)
    for text in ("\t30000", "30000\n", "X30000X"):
        with pytest.raises(ncpdp.InvalidValue):
            quantity_from_text(text)


def test_a_number_may_be_twice_as_long_as_its_field() -> None:
    assert money_from_text("0" * 15 + "A") == 1
    assert rate_from_text("0" * 17 + "A") == Decimal("0.0001")
    assert quantity_from_text("0" * 19 + "1") == Decimal("0.001")
    for read, text in (
        (money_from_text, "0" * 16 + "A"),
        (rate_from_text, "0" * 18 + "A"),
        (quantity_from_text, "0" * 20 + "1"),
    ):
        with pytest.raises(ncpdp.InvalidValue):
            read(text)


@pytest.mark.parametrize(
    ("call", "code", "sentence"),
    [
        (lambda: money_to_text(10**8), "money.range",
         "The money has too many digits for its field."),
        (lambda: money_to_text(1.5), "money.malformed",  # type: ignore[arg-type]  # a float is none
         "An amount is a whole number of minor units."),
        (lambda: money_from_text("1Z"), "money.malformed",
         "This is not a signed overpunch number."),
        (lambda: quantity_to_text(Decimal(-1)), "quantity.malformed",
         "A quantity is zero or more."),
        (lambda: quantity_to_text(Decimal(10**7)), "quantity.range",
         "The quantity has too many digits."),
        (lambda: quantity_to_text(Decimal("0.0001")), "quantity.malformed",
         "A quantity has at most 3 decimals."),
        (lambda: quantity_from_text(""), "quantity.malformed",
         "This is not an implied-decimal quantity."),
        (lambda: rate_to_text(Decimal("Infinity")), "rate.malformed", "A rate is a number."),
        (lambda: rate_to_text(Decimal(10**5)), "rate.range", "The rate has too many digits."),
        (lambda: rate_to_text(Decimal(-(10**5))), "rate.range", "The rate has too many digits."),
        (lambda: rate_to_text(Decimal("0.00001")), "rate.malformed",
         "A rate has at most 4 decimals."),
        (lambda: rate_from_text("1Z"), "rate.malformed",
         "This is not a signed overpunch number."),
    ],
)  # fmt: skip
def test_each_refusal_has_its_code_and_sentence(
    call: Callable[[], object], code: str, sentence: str
) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        call()
    assert (caught.value.code, caught.value.sentence) == (code, sentence)
