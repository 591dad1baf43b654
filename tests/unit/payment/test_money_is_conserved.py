"""Whatever people, payers and the checkout do, in any order: every cent is somebody's.

One prescription is billed, paid, disputed about, cancelled, refused and billed again at random;
notices are lost for a while, doubled and reordered. When all of them have been heard and all
queues are empty, our record must say what the payers' book and the checkout say.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.payments import MemoryCheckouts
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.adjudication.reversal import reverse_claim, reverse_marked
from pharmonico.fulfillment.adjudication.stage import adjudicate
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.dispensing.pharmacist import Counter, refuse
from pharmonico.fulfillment.dispensing.stage import open_dispensing
from pharmonico.fulfillment.machine.expiring import expire_wait
from pharmonico.fulfillment.machine.failing import redrive
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import Expiry, OpenWait, Work
from pharmonico.fulfillment.payment import refunding
from pharmonico.fulfillment.payment.checkout import Notice
from pharmonico.fulfillment.payment.hearing import hear
from pharmonico.fulfillment.payment.ledger import AMOUNT_MISMATCH, is_held, left_minor
from pharmonico.fulfillment.payment.links import reissue_link
from pharmonico.fulfillment.payment.mismatch import accept
from pharmonico.fulfillment.payment.papers import papers
from pharmonico.fulfillment.payment.refund import refund_payment
from pharmonico.fulfillment.payment.stage import open_payment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected
from pharmonico.kit.money import Money

from local.seed.plans import PLANS
from tests.billing import selected
from tests.builders import a_clock
from tests.payers import NPI
from tests.prescribing import RX, a_medication, a_pharmacy, an_enrollment
from tests.unit.adjudication.test_coordination import CARD, COMMERCIAL, SUPPLEMENT, Payers
from tests.unit.payment.conftest import OPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.documents import Payment
    from pharmonico.fulfillment.order import Order

PHARMACY = "ph_0000001"
SETTLED = (Status.PAID, Status.AWAITING_DISPENSE, Status.DISPENSED)
MIXES = st.sampled_from([(COMMERCIAL, None), (COMMERCIAL, CARD), (COMMERCIAL, SUPPLEMENT)])


class MoneyWorld(RuleBasedStateMachine):
    """One prescription and everybody who may move its money."""

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.payers, self.machine = a_clock(), Payers(), MemoryMachine()
        self.checkouts = MemoryCheckouts(clock=self.clock)
        self.directory = MemoryDirectory(
            medications=(a_medication(),), pharmacies=(a_pharmacy(npi=NPI),), plans=PLANS
        )
        self.orders = selected(enrollment=an_enrollment(insurance=COMMERCIAL))
        self.unheard: list[Notice] = []
        self.heard: list[Notice] = []
        self.wishes = 0

    @property
    def order(self) -> Order:
        return self.orders.get(RX)

    @property
    def payments(self) -> Sequence[Payment]:
        return papers(RX, orders=self.orders)

    @property
    def money(self) -> dict[str, Any]:
        return {"orders": self.orders, "checkouts": self.checkouts, "clock": self.clock}

    @property
    def plans(self) -> dict[str, Any]:
        return {"orders": self.orders, "payer": self.payers, "clock": self.clock}

    def work(self, **more: Any) -> dict[str, Any]:
        run = self.order.run
        return {"prescription_id": RX, "run": run, "execution": f"arn:{run}", **more}

    @precondition(lambda self: self.order.status is Status.PHARMACY_SELECTED)
    @rule(mix=MIXES)
    def patient_changes_coverage(self, mix: Any) -> None:
        kept = self.orders.document(RX, type(an_enrollment()))
        changed = an_enrollment(insurance=mix[0], secondary=mix[1])
        self.orders.put_document(RX, changed.model_copy(update={"version": kept.version}))

    @rule()
    def machine_goes_on(self) -> None:
        status, token = self.order.status, {"token": f"token-{self.order.run}"}
        if status is Status.PHARMACY_SELECTED:
            adjudicate(Work(**self.work()), directory=self.directory, **self.plans)
        elif status in (Status.ADJUDICATED, Status.AWAITING_PAYMENT):
            asked = OpenWait(**self.work(wait=WaitName.PAYMENT, **token))
            open_payment(asked, machine=self.machine, **self.money)
        elif status in (Status.PAID, Status.AWAITING_DISPENSE):
            asked = OpenWait(**self.work(wait=WaitName.DISPENSE, **token))
            known = {"orders": self.orders, "machine": self.machine, "clock": self.clock}
            open_dispensing(asked, automatic=False, **known)

    @rule(
        which=st.integers(0, 9),
        off=st.sampled_from([0, 0, 0, -1, 250]),
        is_late=st.booleans(),
    )
    def patient_pays(self, which: int, off: int, *, is_late: bool) -> None:
        """At any page there ever was: one that we closed may be open in some browser."""
        pages = [each for each in self.payments if each.session_id is not None]
        if not pages:
            return
        page = pages[which % len(pages)]
        session = self.checkouts.session(str(page.session_id))
        if session.state == "expired" and is_late:
            session = self.checkouts.reopen(session.id)
        if session.state != "open":
            return
        amount = Money(amount_minor=page.amount.amount_minor + off)
        paid = self.checkouts.pay(session.id, amount)
        self.unheard.append(
            Notice(
                event_id=f"evt_{session.id}",
                kind="paid",
                prescription_id=RX,
                attempt=page.attempt,
                session_id=session.id,
                payment_intent=paid.payment_intent,
                amount=amount,
            )
        )

    @precondition(lambda self: self.unheard or self.heard)
    @rule(which=st.integers(0, 99), again=st.booleans())
    def webhook_arrives(self, which: int, *, again: bool) -> None:
        pile = self.heard if (again and self.heard) or not self.unheard else self.unheard
        notice = pile[which % len(pile)]
        if pile is self.unheard:
            pile.remove(notice)
            self.heard.append(notice)
        hear(notice, **self.money)

    @rule(kind=st.sampled_from(["expired", "declined"]), which=st.integers(0, 9))
    def page_ends_or_card_fails(self, kind: Any, which: int) -> None:
        if self.payments:
            page = self.payments[which % len(self.payments)]
            event_id = f"evt_{kind}_{page.attempt}"
            hear(Notice(event_id, kind, RX, page.attempt), **self.money)

    @rule()
    def wait_runs_out(self) -> None:
        waits = {Status.AWAITING_PAYMENT: WaitName.PAYMENT, Status.AWAITING_DISPENSE: "dispense"}
        if wait := waits.get(self.order.status):
            expire_wait(Expiry(**self.work(wait=wait)), orders=self.orders, clock=self.clock)

    @rule()
    def ops_send_another_link(self) -> None:
        with suppress(Rejected):
            reissue_link(RX, actor=OPS, **self.money)

    @rule(amount=st.sampled_from([None, 1, 400]))
    def ops_give_back(self, amount: int | None) -> None:
        self.wishes += 1
        wish = refunding.Wish(f"k{self.wishes}", "service", "late", amount)
        seen = {"expected_revision": self.order.revision, "actor": OPS}
        with suppress(Rejected):
            refunding.ask(RX, wish, orders=self.orders, clock=self.clock, **seen)

    @rule(which=st.integers(0, 9))
    def ops_accept(self, which: int) -> None:
        seen = {"expected_revision": self.order.revision, "actor": OPS, "note": "fine"}
        with suppress(Rejected):
            attempt = which % 3 + 1
            accept(RX, attempt, orders=self.orders, clock=self.clock, **seen)

    @precondition(lambda self: self.order.failure_step is not None)
    @rule()
    def ops_redrive(self) -> None:
        seen = {"expected_revision": self.order.revision, "actor": OPS}
        redrive(RX, orders=self.orders, clock=self.clock, **seen)

    @precondition(lambda self: self.order.status is Status.AWAITING_DISPENSE)
    @rule()
    def pharmacist_refuses_and_another_is_chosen(self) -> None:
        counter = Counter(
            actor=OPS,
            pharmacies=frozenset({PHARMACY}),
            orders=self.orders,
            directory=self.directory,
            machine=self.machine,
            clock=self.clock,
        )
        said = {"reason": "out_of_stock", "note": "none left"}
        self.clock.advance(timedelta(seconds=1))
        refuse(RX, expected_revision=self.order.revision, counter=counter, **said)
        chosen = {"status": Status.PHARMACY_SELECTED, "pharmacy_id": PHARMACY}
        self.orders.save(self.order.model_copy(update=chosen))

    @rule(really=st.integers(0, 3))
    def somebody_cancels(self, really: int) -> None:
        if really == 0:
            with suppress(Rejected):
                cancel(RX, reason="ops", actor=OPS, orders=self.orders, clock=self.clock)

    @rule()
    def queues_bring_what_is_to_be_done(self) -> None:
        reverse_marked(RX, **self.plans)
        for payment in self.payments:
            for refund in payment.refunds:
                refunding.carry_out(RX, payment.attempt, refund.key, **self.money)
        if self.order.status is Status.CANCELLED:
            reverse_claim(Work(**self.work()), **self.plans)
            refund_payment(Work(**self.work()), **self.money)

    @invariant()
    def a_paid_claim_is_somebodys_to_the_cent(self) -> None:
        for claim in self.orders.documents(RX, Claim):
            if claim.status != "paid":
                continue
            sums = (claim.plan_paid, claim.patient_pay, claim.ingredient, claim.dispensing_fee)
            paid, left, ingredient, fee = (each.amount_minor if each else 0 for each in sums)
            assert min(paid, left) >= 0
            if claim.key == "1":
                assert paid + left == ingredient + fee

    @invariant()
    def nothing_is_given_back_that_did_not_come(self) -> None:
        assert all(self.checkouts.left(intent) >= 0 for intent in self.checkouts._paid)

    def teardown(self) -> None:
        for notice in [*self.unheard, *self.heard, *reversed(self.heard)]:
            hear(notice, **self.money)
        for _ in range(4):
            self.machine_goes_on()
            self.queues_bring_what_is_to_be_done()
            for notice in self.heard:
                hear(notice, **self.money)
        self.record_and_world_agree()

    def record_and_world_agree(self) -> None:
        order, payments, kept = self.order, self.payments, self.checkouts.kept_minor
        assert kept == sum(map(left_minor, payments))
        held = [each for each in payments if is_held(each)]
        assert bool(held) == (AMOUNT_MISMATCH in order.alerts)
        standing = [each for each in payments if left_minor(each) and not is_held(each)]
        match order.status:
            case Status.CANCELLED:
                assert kept == 0
                assert self.payers.is_untouched()
            case Status.PAYMENT_EXPIRED:
                assert not standing
                assert self.payers.is_untouched()
            case Status.AWAITING_PAYMENT | Status.PAYMENT_FAILED:
                assert not standing
                assert not self.payers.is_untouched()
            case Status.FAILED:
                assert self.payers.is_untouched()
            case status if status in SETTLED:
                assert [each.payment_id for each in standing] in ([], [order.payment_id])
                assert not self.payers.is_untouched()


TestMoneyIsConserved = MoneyWorld.TestCase
TestMoneyIsConserved.settings = settings(
    max_examples=120,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
