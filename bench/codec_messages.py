"""What is measured: a NewRx of about five kilobytes, a billing, and damaged copies of the first."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom

from bench.results import RESULTS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

SAMPLE = RESULTS.parents[1] / "tests" / "unit" / "ncpdp" / "samples" / "newrx.xml"


def newrx() -> bytes:
    return SAMPLE.read_bytes()


def request() -> bytes:
    """A billing with what a pharmacy usually sends."""
    route = telecom.Route(
        bin="610014", pcn="MEDDPRIME", provider_id="1502203312", date_of_service="20260914"
    )
    member = telecom.Member(
        cardholder_id="YXE123456789",
        group_id="EXGRP01",
        person_code="01",
        relationship="1",
        first_name="JORDAN",
        last_name="DOE",
        date_of_birth="19790517",
        gender="1",
    )
    claim = telecom.Claim(
        rx_number="0000007",
        ndc="00071015623",
        quantity=Decimal(30),
        days_supply=30,
        date_written="20260914",
        refills=3,
        prescriber_npi="1234567802",
        ingredient_minor=12_044,
        fee_minor=150,
    )
    return ncpdp.write(telecom.billing_request(route, member, claim))


def damaged(dice: random.Random) -> Iterator[bytes]:
    """One changed byte at every third position."""
    data = newrx()
    for place in range(0, len(data), 3):
        changed = bytearray(data)
        changed[place] ^= dice.randrange(1, 256)
        yield bytes(changed)
