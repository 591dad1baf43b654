"""What a pharmacist of the chosen pharmacy decides, and what follows for claim and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.payments import MemoryCheckouts
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.adjudication.reversal import reverse_marked
from pharmonico.fulfillment.adjudication.stage import ADJUDICATED, adjudicate
from pharmonico.fulfillment.dispensing.papers import Dispensing, Refusal
from pharmonico.fulfillment.dispensing.pharmacist import (
    Counter,
    Fill,
    dispense,
    refuse,
    substitute,
)
from pharmonico.fulfillment.documents import Payment, Validation
from pharmonico.fulfillment.machine.expiring import expire_wait
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import Expiry
from pharmonico.fulfillment.payment.checkout import Demand
from pharmonico.fulfillment.payment.stage import open_payment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Forbidden, Invalid, StaleRevision
from pharmonico.kit.money import Money

from local.seed.plans import PLANS
from tests.billing import selected
from tests.builders import EXECUTION, a_clock, a_wait, opening, published, work
from tests.prescribing import NDC, RX, a_medication, a_pharmacy, a_script, an_enrollment, the_order
from tests.unit.adjudication.test_coordination import COMMERCIAL, Payers

PHARMACIST = Actor(id="usr_pharmacist", role="pharmacist")
OTHER_MAKER = "99990000001"
OTHERS = (
    a_medication(ndc11=OTHER_MAKER, name="Atorvastatin (synthetic)"),
    a_medication(ndc11="99990000002", name="Lipitor", strength="40 mg/1"),
    a_medication(ndc11="99990000003", name="Guarded", generic="guarded", rems="Guarded REMS"),
)


class Shop:
    """A prescription at the counter: billed, paid for, waiting with its token."""

    def __init__(self, **script: Any) -> None:
        self.payers, self.machine, self.clock = Payers(), MemoryMachine(), a_clock()
        self.directory = MemoryDirectory(
            medications=(a_medication(), *OTHERS), pharmacies=(a_pharmacy(),), plans=PLANS
        )
        self.orders = selected(
            script=a_script(**script), enrollment=an_enrollment(insurance=COMMERCIAL)
        )
        assert self.bill()
        self.stands(Status.AWAITING_DISPENSE, wait=a_wait(WaitName.DISPENSE))

    def stands(self, status: Status, **changes: Any) -> None:
        order = the_order(self.orders)
        self.orders.save(order.model_copy(update={"status": status, **changes}))

    def bill(self) -> bool:
        order = the_order(self.orders)
        outcome = adjudicate(
            work(run=order.run, execution=order.owner or EXECUTION),
            orders=self.orders,
            directory=self.directory,
            payer=self.payers,
            clock=self.clock,
        )
        return outcome == ADJUDICATED

    def counter(self, *pharmacies: str) -> Counter:
        return Counter(
            actor=PHARMACIST,
            pharmacies=frozenset(pharmacies or ("ph_0000001",)),
            orders=self.orders,
            directory=self.directory,
            machine=self.machine,
            clock=self.clock,
        )

    def dispense(self, **changes: Any) -> None:
        facts: dict[str, Any] = {"ndc": NDC, "quantity": Decimal(30), "lot": "L1"}
        facts |= {"expires_on": date(2027, 9, 1), "counselling": "accepted"}
        revision = the_order(self.orders).revision
        dispense(RX, Fill(**facts | changes), expected_revision=revision, counter=self.counter())

    @property
    def claim(self) -> Claim:
        found = self.orders.document(RX, Claim)
        assert found is not None
        return found


def test_what_is_handed_out_is_written_down() -> None:
    shop = Shop()
    shop.dispense(note="as usual")
    paper = shop.orders.document(RX, Dispensing)
    assert paper is not None
    assert (paper.quantity, paper.remaining, paper.lot, paper.verified_by, paper.automatic) == (
        "30",
        None,
        "L1",
        "usr_pharmacist",
        False,
    )
    assert the_order(shop.orders).status is Status.DISPENSED
    assert published(shop.orders)[-1] == "prescription_dispensed"


def test_a_partial_fill_says_what_is_still_owed() -> None:
    shop = Shop()
    shop.dispense(quantity=Decimal("12.5"))
    paper = shop.orders.document(RX, Dispensing)
    assert paper is not None
    assert (paper.quantity, paper.remaining) == ("12.5", "17.5")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"quantity": Decimal(31)}, "quantity.out_of_range"),
        ({"expires_on": date(2026, 9, 15)}, "product.expired"),
    ],
)
def test_what_may_not_leave_the_shelf(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Shop().dispense(**changes)
    assert [error.code for error in refused.value.errors] == [code]


def test_a_guarded_drug_wants_its_authorization() -> None:
    shop = Shop()
    facts = shop.orders.document(RX, Validation)
    assert facts is not None
    shop.orders.put_document(RX, facts.model_copy(update={"ndc": "99990000003"}))
    with pytest.raises(Invalid) as refused:
        shop.dispense(ndc="99990000003")
    assert [error.code for error in refused.value.errors] == ["rems.missing"]
    shop.dispense(ndc="99990000003", rems_authorization="RA-1")


def test_only_the_chosen_pharmacy_and_only_on_what_it_saw() -> None:
    shop = Shop()
    fill = Fill(NDC, Decimal(30), "L1", date(2027, 1, 1), "accepted")
    revision = the_order(shop.orders).revision
    with pytest.raises(Forbidden):
        dispense(RX, fill, expected_revision=revision, counter=shop.counter("ph_0000002"))
    with pytest.raises(StaleRevision):
        dispense(RX, fill, expected_revision=revision - 1, counter=shop.counter())
    shop.dispense()
    with pytest.raises(Conflict):
        shop.dispense()


def test_what_was_not_billed_is_not_dispensed() -> None:
    with pytest.raises(Conflict) as refused:
        Shop().dispense(ndc=OTHER_MAKER)
    assert refused.value.code == "dispensing.other_product"


def test_another_maker_is_billed_anew_and_the_old_claim_taken_back() -> None:
    shop = Shop()
    revision = the_order(shop.orders).revision
    substitute(RX, OTHER_MAKER, expected_revision=revision, counter=shop.counter())
    order = the_order(shop.orders)
    assert (order.status, order.owner, shop.claim.status) == (
        Status.PHARMACY_SELECTED,
        None,
        "reversing",
    )
    assert shop.machine.answers["token-1"][0] == "Superseded"
    assert shop.bill()
    assert shop.claim.status == "paid"
    assert len([account for account in shop.payers.book._accounts.values() if account.fills]) == 1
    shop.stands(Status.AWAITING_DISPENSE)
    shop.dispense(ndc=OTHER_MAKER)


@pytest.mark.parametrize("ndc", ["99990000002", "99990000003", "99999999999"])
def test_another_drug_strength_or_unknown_product_cannot_stand_in(ndc: str) -> None:
    shop = Shop()
    with pytest.raises(Invalid):
        substitute(
            RX, ndc, expected_revision=the_order(shop.orders).revision, counter=shop.counter()
        )


def test_dispense_as_written_keeps_the_brand() -> None:
    shop = Shop(medication__substitutions="1")
    revision = the_order(shop.orders).revision
    with pytest.raises(Conflict) as refused:
        substitute(RX, OTHER_MAKER, expected_revision=revision, counter=shop.counter())
    assert refused.value.code == "dispensing.as_written"


def test_a_refusal_is_routed_again_and_its_claim_taken_back() -> None:
    shop = Shop()
    revision = the_order(shop.orders).revision
    refuse(
        RX,
        reason="out_of_stock",
        note="none left",
        expected_revision=revision,
        counter=shop.counter(),
    )
    order = the_order(shop.orders)
    assert (order.status, order.pharmacy_id) == (Status.AWAITING_ROUTING, None)
    assert shop.orders.documents(RX, Refusal)[0].reason == "out_of_stock"
    assert published(shop.orders)[-2:] == ["dispense_refused", "prescription_resumed"]
    outcomes = [
        reverse_marked(RX, orders=shop.orders, payer=shop.payers, clock=shop.clock).outcome
        for _ in range(2)
    ]
    assert outcomes == ["reversed", "nothing_to_reverse"]
    assert shop.payers.is_untouched()


def test_a_claim_that_nobody_marked_is_left_alone() -> None:
    shop = Shop()
    outcome = reverse_marked(RX, orders=shop.orders, payer=shop.payers, clock=shop.clock)
    assert (outcome.outcome, shop.claim.status) == ("nothing_to_reverse", "paid")


def test_a_refusal_says_why() -> None:
    shop = Shop()
    with pytest.raises(Invalid):
        refuse(
            RX,
            reason="because",
            note="x",
            expected_revision=the_order(shop.orders).revision,
            counter=shop.counter(),
        )


def test_nothing_dispensed_in_time_takes_the_claim_back_and_bills_anew_when_redriven() -> None:
    shop = Shop()
    expiry = Expiry(**work().model_dump(), wait=WaitName.DISPENSE)
    expire_wait(expiry, orders=shop.orders, clock=shop.clock)
    order = the_order(shop.orders)
    assert (order.status, order.failed_from) == (Status.FAILED, Status.PHARMACY_SELECTED)
    reverse_marked(RX, orders=shop.orders, payer=shop.payers, clock=shop.clock)
    assert shop.payers.is_untouched()


def test_money_for_another_share_goes_back_before_the_new_one_is_asked_for() -> None:
    shop, checkouts = Shop(), MemoryCheckouts(clock=a_clock())
    bought = checkouts.pay(checkouts.open(Demand(RX, 1, Money(amount_minor=999))).id)
    shop.orders.put_document(
        RX,
        Payment(
            payment_id="pay_1",
            attempt=1,
            amount=Money(amount_minor=999),
            status="paid",
            session_id=bought.id,
            payment_intent=bought.payment_intent,
        ),
    )
    shop.stands(Status.ADJUDICATED, owner=EXECUTION)
    order = the_order(shop.orders)
    open_payment(
        opening(WaitName.PAYMENT, run=order.run),
        orders=shop.orders,
        checkouts=checkouts,
        machine=shop.machine,
        clock=shop.clock,
    )
    first, second = shop.orders.documents(RX, Payment)
    assert (first.status, second.status, second.amount) == (
        "refunded",
        "open",
        Money(amount_minor=2500),
    )
    assert published(shop.orders)[-2:] == ["payment_refunded", "payment_link_required"]
