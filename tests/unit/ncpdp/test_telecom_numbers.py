"""Signed overpunch and implied decimals over their whole range."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import ncpdp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ncpdp.telecom import (
    money_from_text,
    money_to_text,
    quantity_from_text,
    quantity_to_text,
)


@pytest.mark.parametrize(
    ("minor", "text"),
    [(5570, "557{"), (12044, "1204D"), (0, "00{"), (1, "00A"), (-1, "00J"), (-100, "10}"),
     (99, "09I"), (-99, "09R"), (999_999_999, "99999999I")],
)  # fmt: skip
def test_money(minor: int, text: str) -> None:
    assert money_to_text(minor) == text
    assert money_from_text(text) == minor


@given(st.integers(-999_999_999, 999_999_999))
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


@pytest.mark.parametrize("minor", [10**9, -(10**9), 10**5000], ids=["just", "negative", "huge"])
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
