"""A payer to bill, the answers it may give, and the stage that asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp import telecom
from ncpdp.telecom import Answer
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.adjudication.reversal import reverse_claim
from pharmonico.fulfillment.adjudication.stage import adjudicate
from pharmonico.fulfillment.status import Status

from tests.builders import a_clock, work
from tests.prescribing import (
    RX,
    a_directory,
    a_pharmacy,
    a_script,
    a_validation,
    an_enrollment,
    orders_with,
    the_order,
)

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.adapters.memory.payer import MemoryPayer, Reply
    from pharmonico.fulfillment.documents import Enrollment, Script, Validation
    from pharmonico.fulfillment.machine.work import Outcome

PAID = Answer(
    status="P",
    authorization_number="AUTH1",
    ingredient_paid_minor=3600,
    fee_paid_minor=200,
    total_paid_minor=2800,
    patient_pay_minor=1000,
    copay_minor=1000,
)


def says(answer: Answer) -> Reply:
    """A payer's reply to whatever it is asked."""
    return lambda request: ncpdp.write(telecom.respond(ncpdp.parse(request), answer))


def rejects(*codes: str) -> Reply:
    return says(Answer(status="R", rejects=codes))


def down(request: bytes) -> bytes:
    refused = telecom.transmission_rejected(ncpdp.parse(request), ("92",), "HOST DOWN")
    return ncpdp.write(refused)


def changed(**amounts: dict[str, Any]) -> Answer:
    facts = {name: getattr(PAID, name) for name in PAID.__dataclass_fields__}
    return Answer(**{**facts, **amounts})


def selected(
    *,
    script: Script | None = None,
    enrollment: Enrollment | None = None,
    validation: Validation | None = None,
    **changes: Any,
) -> MemoryOrders:
    papers = (script or a_script(), enrollment or an_enrollment(), validation or a_validation())
    facts = {"pharmacy_id": "ph_0000001", **changes}
    return orders_with(*papers, status=Status.PHARMACY_SELECTED, **facts)


def adjudicated(orders: MemoryOrders, payer: MemoryPayer) -> Outcome:
    directory = a_directory(a_pharmacy())
    return adjudicate(work(), orders=orders, directory=directory, payer=payer, clock=a_clock())


def taken_back(orders: MemoryOrders, payer: MemoryPayer) -> Outcome:
    return reverse_claim(work(), orders=orders, payer=payer, clock=a_clock())


def the_claim(orders: MemoryOrders) -> Claim:
    claim = orders.document(RX, Claim)
    assert claim is not None
    return claim


def cancel(orders: MemoryOrders) -> None:
    order = the_order(orders)
    orders.save(order.moved(Status.CANCELLED, at=order.updated_at, owner=None))
