"""What people do about a rejected claim, with the payer's own rules behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp import telecom
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.adjudication import advice, authorizing
from pharmonico.fulfillment.adjudication.eligibility import check_eligibility
from pharmonico.fulfillment.adjudication.papers import Authorization, Billing, DurReply
from pharmonico.fulfillment.adjudication.stage import ADJUDICATED, Desk, adjudicate
from pharmonico.fulfillment.adjudication.worklist import Worklist
from pharmonico.fulfillment.documents import Enrollment, Insurance
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Invalid, StaleRevision

from local.seed.plans import PLANS
from tests.billing import selected, the_claim
from tests.builders import a_clock, published, work
from tests.prescribing import RX, a_medication, a_pharmacy, a_validation, an_enrollment, the_order
from tests.unit.adjudication.test_coordination import COMMERCIAL, Payers

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders

OPS = Actor(id="usr_ops", role="ops")
HUMIRA = a_medication(ndc11="00074379701", name="Humira", generic="adalimumab")
HMO = Insurance(bin="999001", pcn="HMO", member_id="MBR1")
ANSWER = DurReply(reason="DD", service="M0", result="1B")


class Counter:
    """A pharmacy's desk around one prescription that the payer has refused."""

    def __init__(self, insurance: Insurance, *, ndc: str = "00071015623") -> None:
        self.orders: MemoryOrders = selected(
            enrollment=an_enrollment(insurance=insurance), validation=a_validation(ndc=ndc)
        )
        self.clock = a_clock()
        self.payers = Payers()
        directory = MemoryDirectory(
            medications=(a_medication(), HUMIRA), pharmacies=(a_pharmacy(),), plans=PLANS
        )
        self.desk = Desk(self.orders, directory, self.payers, self.clock)
        self.bill()

    def bill(self) -> bool:
        order = the_order(self.orders)
        run = work(run=order.run, execution=f"arn:{order.run}")
        desk = self.desk
        outcome = adjudicate(
            run,
            orders=desk.orders,
            directory=desk.directory,
            payer=desk.payer,
            clock=desk.clock,
        )
        return outcome == ADJUDICATED

    def worklist(self, note: str = "asked by telephone") -> Worklist:
        return Worklist(
            RX,
            actor=OPS,
            note=note,
            expected_revision=the_order(self.orders).revision,
            orders=self.orders,
            clock=self.clock,
        )

    @property
    def status(self) -> Status:
        return the_order(self.orders).status

    @property
    def billing(self) -> Billing:
        found = self.orders.document(RX, Billing)
        assert found is not None
        return found


def test_corrected_insurance_is_billed_and_the_patients_words_stay() -> None:
    counter = Counter(COMMERCIAL.model_copy(update={"pcn": "WRONG"}))
    assert (counter.status, the_claim(counter.orders).reject_codes) == (
        Status.CLAIM_REJECTED,
        ("04",),
    )
    counter.worklist().rebill(COMMERCIAL)
    assert counter.bill()
    entered = counter.orders.document(RX, Enrollment)
    assert entered is not None
    assert entered.insurance is not None
    assert entered.insurance.pcn == "WRONG"
    assert counter.billing.insurance == COMMERCIAL
    assert [act.action for act in counter.billing.acts] == ["rebill"]
    assert published(counter.orders)[-2:] == ["prescription_resumed", "claim_adjudicated"]


def test_a_drug_use_review_is_answered_and_billed_again() -> None:
    counter = Counter(COMMERCIAL.model_copy(update={"member_id": "MBR0088"}))
    claim = the_claim(counter.orders)
    assert (claim.reject_codes, claim.alerts[0]["reason"]) == (("88",), "DD")
    counter.worklist().answer_review((ANSWER,))
    assert counter.bill()
    sent = telecom.read_claim(ncpdp.parse(counter.payers.sent[-1]))
    assert [(each.reason, each.service, each.result) for each in sent.dur] == [("DD", "M0", "1B")]


def test_nobody_answers_a_review_that_was_not_asked_for() -> None:
    counter = Counter(COMMERCIAL.model_copy(update={"member_id": "MBR0070"}))
    with pytest.raises(Conflict):
        counter.worklist().answer_review((ANSWER,))


def test_cash_is_the_pharmacys_own_price_and_no_claim() -> None:
    counter = Counter(COMMERCIAL.model_copy(update={"member_id": "MBR0070"}))
    sent = len(counter.payers.sent)
    counter.worklist().pay_cash()
    assert counter.bill()
    claim, share = the_claim(counter.orders), the_order(counter.orders).patient_pay
    assert (claim.status, share, len(counter.payers.sent)) == ("cash", claim.patient_pay, sent)
    assert share is not None
    assert share.amount_minor == 30 * 120 + 200


@pytest.mark.parametrize(
    ("member", "status", "is_paid"),
    [("MBR1", "approved", True), ("MBR1075", "denied", False), ("MBR2075", "pending", False)],
)
def test_an_authorization_is_asked_for_and_followed_up(
    member: str, status: str, is_paid: bool
) -> None:
    counter = Counter(HMO.model_copy(update={"member_id": member}), ndc="00074379701")
    assert the_claim(counter.orders).reject_codes == ("75",)
    authorizing.request(counter.worklist(), desk=counter.desk)
    assert counter.billing.authorization is not None
    assert counter.billing.authorization.number
    authorizing.follow_up(desk=counter.desk)
    assert counter.billing.authorization.status == status
    if is_paid:
        assert counter.bill()
    else:
        assert counter.status is Status.CLAIM_REJECTED


def test_a_request_nobody_decides_is_given_back_to_people() -> None:
    counter = Counter(HMO.model_copy(update={"member_id": "MBR2075"}), ndc="00074379701")
    authorizing.request(counter.worklist(), desk=counter.desk)
    counter.clock.advance(timedelta(days=15))
    assert authorizing.follow_up(desk=counter.desk) == 1
    known = counter.billing.authorization
    assert known is not None
    assert known.status == "denied"
    counter.worklist().appeal()
    assert counter.billing.authorization is not None
    assert counter.billing.authorization.status == "appealed"


def test_a_number_heard_by_telephone_lifts_the_reject() -> None:
    counter = Counter(COMMERCIAL.model_copy(update={"member_id": "MBR0075"}))
    with pytest.raises(Invalid):
        counter.worklist().approve_authorization("12345", date(2020, 1, 1))
    counter.worklist().approve_authorization("12345", date(2027, 1, 1))
    assert counter.bill()


def test_an_approval_holds_for_the_days_of_service_up_to_its_last() -> None:
    approved = Authorization(status="approved", asked_at=a_clock().now(), until=date(2026, 9, 15))
    assert approved.as_of(date(2026, 9, 15)).status == "approved"
    assert approved.as_of(date(2026, 9, 16)).status == "expired"


def test_a_command_needs_a_note_a_rejected_claim_and_the_revision_it_saw() -> None:
    counter = Counter(COMMERCIAL.model_copy(update={"member_id": "MBR0070"}))
    with pytest.raises(Invalid):
        counter.worklist("  ")
    stale = counter.worklist()
    counter.worklist().rebill()
    with pytest.raises(StaleRevision):
        Worklist(
            RX,
            actor=OPS,
            note="again",
            expected_revision=stale.order.revision,
            orders=counter.orders,
            clock=counter.clock,
        )
    with pytest.raises(Conflict):
        counter.worklist()


@pytest.mark.parametrize(
    ("codes", "step", "first"),
    [
        (("88",), "pharmacist", "answer_review"),
        (("75",), "pharmacist", "ask_authorization"),
        (("70",), "other_payer", "rebill"),
        (("07",), "correct", "rebill"),
        (("local.insurance_missing",), "correct", "rebill"),
    ],
)
def test_every_reject_has_words_and_a_next_step(
    codes: tuple[str, ...], step: str, first: str
) -> None:
    assert advice.actions(codes)[0] == first
    assert all(meaning.words for meaning in advice.meanings(codes))
    if step != "other_payer":
        assert advice.next_step(codes) == step


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "active"),
        ({"member_id": "MBR0065"}, "inactive"),
        ({"pcn": "WRONG"}, "inactive"),
        ({"bin": "12345678"}, "unknown"),
    ],
)
def test_coverage_is_asked_for_before_anything_is_billed(
    changes: dict[str, Any], status: str
) -> None:
    answer = check_eligibility(
        COMMERCIAL.model_copy(update=changes),
        born=date(1979, 5, 17),
        provider_npi="1234567893",
        payer=Payers(),
        clock=a_clock(),
    )
    assert answer.status == status
