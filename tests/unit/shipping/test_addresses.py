"""The carriers' word on an address, as patients and ops hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.documents import Delivery
from pharmonico.fulfillment.shipping.addresses import CHECKS_MAX, verdict_for_patient
from pharmonico.kit.errors import TooMany, Unavailable

from tests.breaking import broken
from tests.unit.shipping.conftest import RX

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.addresses import AddressVerdict

    from tests.unit.shipping.conftest import Dock

TYPED = Delivery(
    name="Jordan Doe",
    line1="99 Test Stret",
    city="Columbus",
    state="OH",
    postal_code="43201",
    window="evening",
)


def asked(dock: Dock, delivery: Delivery = TYPED) -> AddressVerdict:
    return verdict_for_patient(delivery, RX, carriers=dock.carriers, tokens=dock.tokens)


def test_a_suggestion_keeps_the_name_and_the_wishes(dock: Dock) -> None:
    found = asked(dock)
    assert found.verdict == "suggestion"
    assert found.suggested == TYPED.model_copy(update={"line1": "99 Test Street"})


def test_the_suggested_address_is_valid(dock: Dock) -> None:
    suggested = asked(dock).suggested
    assert suggested is not None
    again = asked(dock, suggested)
    assert (again.verdict, again.suggested) == ("valid", None)


def test_a_carrier_that_is_down_keeps_nobody_from_enrolling(dock: Dock) -> None:
    down = Unavailable("shipping.provider_unavailable", "down")
    with broken(dock.carriers, "check", down):
        assert asked(dock).verdict == "unchecked"


def test_look_ups_are_counted(dock: Dock) -> None:
    for _ in range(CHECKS_MAX):
        asked(dock)
    with pytest.raises(TooMany):
        asked(dock)
