"""Every cent is somebody's: over any plan, any claim, and any order of billing and reversing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from ncpdp.telecom import OtherPayer
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.payer.account import Totals
from pharmonico.payer.plans import Plan, Share

from tests.payers import Counter

if TYPE_CHECKING:
    from decimal import Decimal

    from ncpdp.telecom import Answer

MONEY = st.integers(0, 300_000)
SHARES = st.builds(
    Share,
    copay_minor=MONEY,
    percent=st.integers(0, 100),
    most_minor=st.none() | MONEY,
)
PLANS = st.builds(
    Plan,
    bin=st.just("999500"),
    pcn=st.just("ANY"),
    name=st.just("Synthetic"),
    kind=st.sampled_from(["insurance", "copay_card", "cash_card"]),
    tiers=st.fixed_dictionaries({"*": SHARES}),
    discount_percent=st.integers(0, 100),
    fee_minor=st.integers(0, 2_000),
    deductible_minor=MONEY,
    out_of_pocket_max_minor=st.none() | MONEY,
    cap_fill_minor=MONEY,
    cap_year_minor=st.none() | MONEY,
)
QUANTITIES = st.decimals("0.001", "900", places=3)
LEFT = st.none() | st.integers(-500, 400_000)


def billed(counter: Counter, plan: Plan, quantity: Decimal, left: int | None) -> Answer:
    first = OtherPayer(id="004336", date="20260915", patient_responsibility_minor=left)
    known = left is not None or plan.kind == "copay_card"
    more = {"other_payers": (first,), "other_coverage": "08"} if known else {}
    return counter.bill(quantity=quantity, **more)


def at(plan: Plan) -> Counter:
    return Counter(bin_=plan.bin, pcn=plan.pcn, book=MemoryBook([plan]))


@given(PLANS, st.lists(st.tuples(QUANTITIES, LEFT), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_a_paid_claim_balances_and_nobody_pays_more_than_there_is(
    plan: Plan, claims: list[tuple[Decimal, int | None]]
) -> None:
    counter = at(plan)
    for quantity, left in claims:
        answer = billed(counter, plan, quantity, left)
        if not answer.is_paid:
            assert answer.rejects == ("41",)
            continue
        own = (answer.deductible_minor, answer.copay_minor, answer.coinsurance_minor)
        assert answer.is_balanced
        assert sum(part or 0 for part in own) == answer.patient_pay_minor
        assert min(answer.patient_pay_minor or 0, answer.total_paid_minor or 0) >= 0


@given(PLANS, st.lists(QUANTITIES, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_years_limits_hold(plan: Plan, quantities: list[Decimal]) -> None:
    counter = at(plan)
    for quantity in quantities:
        billed(counter, plan, quantity, 5_000)
    year = counter.account.totals(counter.clock.now().year)
    assert year.deductible_minor <= plan.deductible_minor
    if plan.out_of_pocket_max_minor is not None:
        assert year.out_of_pocket_minor <= plan.out_of_pocket_max_minor
    if plan.cap_year_minor is not None:
        assert year.card_minor <= plan.cap_year_minor


@given(PLANS, st.lists(QUANTITIES, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_reversing_everything_leaves_nothing(plan: Plan, quantities: list[Decimal]) -> None:
    counter = at(plan)
    first = counter.rx
    paid = [billed(counter, plan, quantity, 9_000).is_paid for quantity in quantities]
    for number, was_paid in enumerate(paid, start=first + 1):
        counter.rx = number
        assert (counter.reverse().status == "A") == was_paid
    account = counter.account
    assert account.fills == ()
    assert set(account.years.values()) <= {Totals()}


@given(PLANS, QUANTITIES, QUANTITIES)
@settings(max_examples=100, deadline=None)
def test_a_rebill_is_a_reversal_and_a_billing(plan: Plan, one: Decimal, other: Decimal) -> None:
    direct, mended = at(plan), at(plan)
    wanted = direct.bill(quantity=other)
    mended.bill(quantity=one)
    answer = mended.bill(quantity=other, code="B3", again=True)
    assert answer.patient_pay_minor == wanted.patient_pay_minor
    assert mended.account.years == direct.account.years


def test_a_refused_rebill_leaves_what_was_paid() -> None:
    counter = Counter(bin_="999001", pcn="HMO")
    assert counter.bill().is_paid
    before = counter.account.years
    assert counter.bill(code="B3", again=True, days_supply=90).rejects == ("7X",)
    assert counter.account.years == before
    assert counter.bill(again=True).status == "D"
