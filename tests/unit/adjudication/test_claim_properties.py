"""Properties of a billing: numbers D.0 can carry, names it can print, and money without a rest."""

from string import digits

import ncpdp
from hypothesis import given
from hypothesis import strategies as st
from ncpdp import telecom
from pharmonico.fulfillment.adjudication.claims import Fill, billing, reversal, rx_number_of
from pharmonico.fulfillment.documents import Insurance

from tests.prescribing import a_medication, a_pharmacy, message


def a_fill(quantity: str, unit_price_minor: int, last_name: str) -> Fill:
    form = message(medication__quantity__value=quantity, patient__name__last_name=last_name)
    return Fill(
        rx_number=rx_number_of("rx_1"),
        fill_number=0,
        date_of_service="20260915",
        script=ncpdp.from_json(form, complete=False).body,
        insurance=Insurance(bin="610014", pcn="MEDDPRIME", member_id="M1"),
        pharmacy=a_pharmacy(),
        medication=a_medication(unit_price_minor=unit_price_minor),
    )


@given(
    st.decimals("0.001", "1999", places=3).map(str),
    st.integers(0, 50_000),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40),
)
def test_every_billing_is_readable_and_reverses_to_the_same_claim(
    quantity: str, price: int, name: str
) -> None:
    billed = billing(a_fill(quantity, price, name))
    claim = telecom.read_claim(ncpdp.parse(billed))
    again = telecom.read_claim(ncpdp.parse(reversal(billed)))
    assert claim.gross_due_minor == claim.ingredient_minor + claim.fee_minor
    assert (again.rx_number, again.ndc, again.fill_number) == (
        claim.rx_number,
        claim.ndc,
        claim.fill_number,
    )


@given(st.text(min_size=1))
def test_an_rx_number_is_twelve_digits_that_follow_from_the_id(order_id: str) -> None:
    number = rx_number_of(order_id)
    assert len(number) == 12
    assert set(number) <= set(digits)
    assert number == rx_number_of(order_id)
