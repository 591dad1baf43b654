"""Two payers for one fill, and money that is nobody's twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ncpdp import telecom
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.fulfillment.adjudication.papers import PRIMARY, SECONDARY, Billing, Claim
from pharmonico.fulfillment.adjudication.reversal import NOTHING, REVERSED
from pharmonico.fulfillment.adjudication.stage import ADJUDICATED, adjudicate
from pharmonico.fulfillment.directory import Plan
from pharmonico.fulfillment.documents import Insurance
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable
from pharmonico.payer import door
from pharmonico.payer.account import Totals

from local.seed.payer_plans import PLANS as PAYER_PLANS
from local.seed.plans import PLANS
from tests.billing import PAID, cancel, changed, down, rejects, says, selected, taken_back
from tests.builders import a_clock, published, work
from tests.payers import NPI
from tests.prescribing import RX, a_medication, a_pharmacy, an_enrollment, the_order

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.adjudication.claims import Payer
    from pharmonico.fulfillment.machine.work import Outcome

COMMERCIAL = Insurance(bin="004336", pcn="ADV", member_id="MBR000000001")
MEDICARE = Insurance(bin="610014", pcn="MEDDPRIME", group="EXGRP01", member_id="MBR000000002")
CARD = Insurance(bin="019158", pcn="CNRX", member_id="CARD00000001")
SUPPLEMENT = Insurance(bin="999006", pcn="SECOND", member_id="SUP000000001")
COVERED = changed(
    total_paid_minor=700, patient_pay_minor=300, copay_minor=300, other_payer_minor=2800
)


class Payers:
    """The simulated payers, as the switch reaches them."""

    def __init__(self) -> None:
        self.book = MemoryBook(PAYER_PLANS)
        self.sent: list[bytes] = []

    def send(self, request: bytes) -> bytes:
        self.sent.append(request)
        return door.answer(request, book=self.book, clock=a_clock())

    def is_untouched(self) -> bool:
        accounts = self.book._accounts.values()
        return all(
            not account.fills and set(account.years.values()) <= {Totals()} for account in accounts
        )


def insured(first: Insurance, second: Insurance | None = CARD) -> MemoryOrders:
    return selected(enrollment=an_enrollment(insurance=first, secondary=second))


def billed(orders: MemoryOrders, payer: Payer, *, plans: tuple[Plan, ...] = PLANS) -> Outcome:
    directory = MemoryDirectory(
        medications=(a_medication(),), pharmacies=(a_pharmacy(npi=NPI),), plans=plans
    )
    return adjudicate(work(), orders=orders, directory=directory, payer=payer, clock=a_clock())


def a_rejection() -> Claim:
    """What was billed first, and refused for its group."""
    facts = {"claim_id": "clm_1", "rx_number": "1", "date_of_service": "20260915"}
    refused = {"status": "rejected", "reject_codes": ("06",), "bin": "004336", "pcn": "ADV"}
    return Claim.model_validate({**facts, **refused})


def claims(orders: MemoryOrders) -> dict[str, Claim]:
    return {claim.key: claim for claim in orders.documents(RX, Claim)}


def minor(orders: MemoryOrders) -> int:
    share = the_order(orders).patient_pay
    assert share is not None
    return share.amount_minor


def test_a_copay_card_takes_over_what_the_plan_left() -> None:
    orders, payers = insured(COMMERCIAL), Payers()
    assert billed(orders, payers) == ADJUDICATED
    first, second = claims(orders).values()
    assert (first.status, second.status, minor(orders)) == ("paid", "paid", 0)
    assert first.patient_pay == second.plan_paid
    assert published(orders) == ["claim_adjudicated"]


def test_the_card_is_told_what_the_plan_paid() -> None:
    orders, payers = insured(COMMERCIAL), Payers()
    billed(orders, payers)
    asked = ncpdp.parse(payers.sent[1])
    claim, member = telecom.read_claim(asked), telecom.read_member(asked)
    assert (asked.header.bin, member.cardholder_id) == ("019158", "CARD00000001")
    assert claim.other_coverage == "08"
    (before,) = claim.other_payers
    first = claims(orders)[PRIMARY]
    assert (before.id, before.paid_minor, before.patient_responsibility_minor) == (
        "004336",
        first.plan_paid.amount_minor if first.plan_paid else None,
        2500,
    )


def test_a_second_insurance_is_billed_as_one() -> None:
    orders, payers = insured(COMMERCIAL, SUPPLEMENT), Payers()
    assert billed(orders, payers) == ADJUDICATED
    assert telecom.read_claim(ncpdp.parse(payers.sent[1])).other_coverage == "02"
    assert minor(orders) == 0


def test_a_card_is_not_billed_for_members_of_a_health_programme() -> None:
    orders, payers = insured(MEDICARE), Payers()
    assert billed(orders, payers) == ADJUDICATED
    second = claims(orders)[SECONDARY]
    assert (second.status, second.reject_codes) == ("rejected", ("local.card_excluded",))
    assert (len(payers.sent), minor(orders)) == (1, 1000)


def test_whose_member_it_is_says_the_insurance_that_was_billed() -> None:
    """Ops had corrected the group: the one that the patient typed is of no health programme."""
    typed = COMMERCIAL.model_copy(update={"group": "TYPED"})
    orders, payers = insured(typed), Payers()
    corrected = typed.model_copy(update={"group": "STATE"})
    orders.put_document(RX, Billing(insurance=corrected))
    orders.put_document(RX, a_rejection())
    facts = {"bin": typed.bin, "pcn": typed.pcn, "network": "commercial-open"}
    programme = Plan(group="STATE", name="Synthetic state programme", federal=True, **facts)
    assert billed(orders, payers, plans=(*PLANS, programme)) == ADJUDICATED
    assert claims(orders)[SECONDARY].reject_codes == ("local.card_excluded",)


def test_a_card_that_refuses_holds_nothing_up() -> None:
    orders = insured(COMMERCIAL)
    assert billed(orders, MemoryPayer(says(PAID), rejects("70"))) == ADJUDICATED
    assert (claims(orders)[SECONDARY].reject_codes, minor(orders)) == (("70",), 1000)


def test_nobody_is_asked_to_pay_nothing() -> None:
    orders, payers = insured(COMMERCIAL.model_copy(update={"member_id": "MBR0000"})), Payers()
    assert billed(orders, payers) == ADJUDICATED
    assert (len(payers.sent), list(claims(orders))) == (1, [PRIMARY])


@pytest.mark.parametrize("silence", [None, down])
def test_a_second_payer_that_is_silent_is_asked_again_and_the_first_is_not(silence: Any) -> None:
    orders, payer = insured(COMMERCIAL), MemoryPayer(says(PAID), silence, says(COVERED))
    with pytest.raises(Unavailable):
        billed(orders, payer)
    assert claims(orders)[PRIMARY].status == "paid"
    assert billed(orders, payer) == ADJUDICATED
    assert payer.sent[1] == payer.sent[2]
    assert (len(payer.sent), minor(orders)) == (3, 300)


def test_a_claim_known_differently_is_taken_back_once_and_billed_anew() -> None:
    orders = insured(COMMERCIAL, None)
    payer = MemoryPayer(rejects("83"), says(Answer(status="A")), says(PAID))
    assert billed(orders, payer) == ADJUDICATED
    assert [ncpdp.parse(each).type for each in payer.sent] == ["B1", "B2", "B1"]
    stubborn = insured(COMMERCIAL, None)
    billed(stubborn, MemoryPayer(rejects("83"), says(Answer(status="A")), rejects("83")))
    assert the_order(stubborn).hold_reason == "claim.83"


def test_cancelling_takes_the_card_back_first() -> None:
    orders, payers = insured(COMMERCIAL), Payers()
    billed(orders, payers)
    cancel(orders)
    assert [taken_back(orders, payers), taken_back(orders, payers)] == [REVERSED, NOTHING]
    reversals = [ncpdp.parse(each).header.bin for each in payers.sent[2:]]
    assert (reversals, payers.is_untouched()) == (["019158", "004336"], True)


def test_cancelling_while_the_second_payer_is_silent_takes_the_first_back() -> None:
    orders, payer = insured(COMMERCIAL), Payers()
    with pytest.raises(Unavailable):
        billed(orders, _Falters(payer, at=2))
    cancel(orders)
    assert taken_back(orders, payer) == REVERSED
    assert payer.is_untouched()
    assert {claim.status for claim in claims(orders).values()} == {"reversed"}


class _Falters:
    """A line on which the answer to one request is lost, after it has been worked in."""

    def __init__(self, payers: Payers, *, at: int) -> None:
        self._payers = payers
        self._at = at

    def send(self, request: bytes) -> bytes:
        answer = self._payers.send(request)
        if len(self._payers.sent) == self._at:
            raise Unavailable("payer.no_answer", "The payer did not answer.")
        return answer


INSURANCES = st.sampled_from(
    [
        Insurance(bin=plan.bin, pcn=plan.pcn, group=plan.group, member_id="MBR1")
        for plan in PLANS
        if not plan.is_copay_card and plan.group != "KNOWN"
    ]
)
CARDS = st.sampled_from(
    [None, SUPPLEMENT]
    + [
        Insurance(bin=plan.bin, pcn=plan.pcn, member_id="CARD1")
        for plan in PLANS
        if plan.is_copay_card
    ]
)


@given(INSURANCES, CARDS, st.lists(st.integers(1, 6), max_size=3, unique=True))
@settings(max_examples=120, deadline=None)
def test_money_is_conserved_whatever_is_billed_lost_and_taken_back(
    first: Insurance, second: Insurance | None, lost: list[int]
) -> None:
    """Price = what the payers paid + what the patient pays, at every answer; then nothing."""
    orders, payers = insured(first, second), Payers()
    outcome = None
    for _ in range(len(lost) + 1):
        line: Payer = payers
        for at in lost:
            line = _Falters(payers, at=at) if len(payers.sent) < at else line
        try:
            outcome = billed(orders, line)
        except Unavailable:
            continue
        break
    if outcome is None or the_order(orders).status is not Status.ADJUDICATED:
        return
    known = claims(orders)
    price = known[PRIMARY].ingredient, known[PRIMARY].dispensing_fee
    paid = [claim.plan_paid for claim in known.values() if claim.status == "paid"]
    total = sum(part.amount_minor for part in price if part)
    assert sum(part.amount_minor for part in paid if part) + minor(orders) == total
    cancel(orders)
    taken_back(orders, payers)
    assert payers.is_untouched()
