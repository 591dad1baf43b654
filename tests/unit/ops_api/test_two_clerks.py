"""Two clerks at once: whoever writes second learns that it was decided, and changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.adjudication.papers import Billing, Claim, DurReply
from pharmonico.fulfillment.adjudication.worklist import Worklist
from pharmonico.fulfillment.dispensing.papers import Dispensing, Refusal
from pharmonico.fulfillment.dispensing.pharmacist import (
    Counter,
    Fill,
    dispense,
    refuse,
    substitute,
)
from pharmonico.fulfillment.status import Status

from tests.builders import a_clock
from tests.prescribing import NDC, a_medication, a_pharmacy
from tests.unit.ops_api import test_claims, test_dispensing
from tests.unit.ops_api.test_claims import desk
from tests.unit.ops_api.test_dispensing import FILL, REFUSAL, counter
from tests.unit.ops_api.test_ops_api import RX, office

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.ops_api.test_ops_api import Office

__all__ = ["counter", "desk", "office"]

OTHER_MAKER = "99990000001"
SHELF = MemoryDirectory(
    medications=(a_medication(), a_medication(ndc11=OTHER_MAKER, name="Synthetic one")),
    pharmacies=(a_pharmacy(),),
)
SUBSTITUTE = {"action": "substitute", "ndc": OTHER_MAKER}
NOTE = "of the quick one"
TOO_LATE = (412, "request.precondition_failed")
NOT_YOURS = (403, "dispensing.other_pharmacy")
"""What was refused is no longer that pharmacy's to see."""
ON_A_CLAIM: dict[str, tuple[dict[str, Any], Callable[[Worklist], Any]]] = {
    "rebill": ({}, lambda claim: claim.rebill()),
    "cash": ({}, lambda claim: claim.pay_cash()),
    "review": (
        {"replies": test_claims.REPLIES},
        lambda claim: claim.answer_review(tuple(map(DurReply.model_validate, test_claims.REPLIES))),
    ),
    "authorization": (
        {"decision": "approve", "number": "77"},
        lambda claim: claim.approve_authorization("77", None),
    ),
}
"""What the door is sent, and what the same decision is inside."""

AT_THE_COUNTER: dict[str, tuple[dict[str, Any], Callable[..., Any]]] = {
    "dispense": (
        FILL,
        partial(dispense, RX, Fill(NDC, Decimal(30), "L1", date(2027, 9, 1), "accepted")),
    ),
    "substitute": (SUBSTITUTE, partial(substitute, RX, OTHER_MAKER)),
    "refuse": (REFUSAL, partial(refuse, RX, reason="out_of_stock", note="none left")),
}
RESULTS = {
    "dispense": Status.DISPENSED,
    "substitute": Status.PHARMACY_SELECTED,
    "refuse": Status.AWAITING_ROUTING,
}


def meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Somebody else acts after the first has read and just before it writes."""
    save = office.orders.save

    def first_the_other(*arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(office.orders, "save", save)
        act()
        return save(*arguments, **options)

    monkeypatch.setattr(office.orders, "save", first_the_other)


@pytest.mark.parametrize("slow", ON_A_CLAIM)
@pytest.mark.parametrize("quick", ON_A_CLAIM)
def test_of_two_on_one_claim_one_decides(
    desk: Office, monkeypatch: pytest.MonkeyPatch, slow: str, quick: str
) -> None:
    def other() -> None:
        clerk = Actor(id="usr_quick", role="pharmacist")
        known = {"actor": clerk, "note": NOTE, "expected_revision": 1}
        ON_A_CLAIM[quick][1](Worklist(RX, orders=desk.orders, clock=a_clock(), **known))

    meanwhile(desk, monkeypatch, other)
    body = {"note": "of the slow one", **ON_A_CLAIM[slow][0]}
    guards = {"If-Match": '"v1"', "Idempotency-Key": "slow"}
    path = f"{test_claims.PATH}/{slow}"
    late = desk.ask("POST", path, "pharmacist", headers=guards, body=body)
    assert (late.status, late.json["code"]) == TOO_LATE
    billing = desk.orders.document(RX, Billing)
    assert billing is not None
    assert [act.note for act in billing.acts] == [NOTE]
    assert [event.detail_type for event in desk.orders.events] == ["prescription_resumed"]
    assert desk.acts()[-1][1] == "record.stale"


@pytest.fixture
def shop(counter: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(aws, "directory", lambda: SHELF)
    claim = test_claims.CLAIM.model_copy(update={"status": "paid", "reject_codes": ()})
    counter.orders.put_document(RX, claim)
    return counter


@pytest.mark.parametrize("slow", AT_THE_COUNTER)
@pytest.mark.parametrize("quick", AT_THE_COUNTER)
def test_of_two_at_one_counter_one_decides(
    shop: Office, monkeypatch: pytest.MonkeyPatch, slow: str, quick: str
) -> None:
    other = Counter(
        actor=Actor(id="usr_quick", role="pharmacist"),
        pharmacies=frozenset({"ph_0000001"}),
        orders=shop.orders,
        directory=SHELF,
        machine=MemoryMachine(),
        clock=a_clock(),
    )
    meanwhile(
        shop, monkeypatch, lambda: AT_THE_COUNTER[quick][1](expected_revision=1, counter=other)
    )
    late = test_dispensing.decide(shop, "here", AT_THE_COUNTER[slow][0])
    assert (late.status, late.json["code"]) == (NOT_YOURS if quick == "refuse" else TOO_LATE)
    assert shop.orders.get(RX).status is RESULTS[quick]
    assert len(shop.orders.documents(RX, Dispensing)) == (quick == "dispense")
    assert len(shop.orders.documents(RX, Refusal)) == (quick == "refuse")
    (claim,) = shop.orders.documents(RX, Claim)
    assert claim.status == ("paid" if quick == "dispense" else "reversing")


def test_the_same_click_twice_is_one_decision(shop: Office) -> None:
    answers = [test_dispensing.decide(shop, "here", FILL) for _ in range(2)]
    assert [answer.status for answer in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    told = [event.detail_type for event in shop.orders.events]
    assert told.count("prescription_dispensed") == 1
