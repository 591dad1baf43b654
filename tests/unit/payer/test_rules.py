"""Why a simulated payer refuses, and what lifts each refusal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from ncpdp import telecom
from ncpdp.telecom import DurAnswer, OtherPayer
from ncpdp.telecom.segments.clinical import PriorAuthorization

from tests.payers import ATORVASTATIN, HMO, Counter

ZOLPIDEM, SILDENAFIL, HUMIRA = "00024540131", "00069033621", "00074379701"
NEXIUM, OMEPRAZOLE, ZOCOR = "00186401001", "00179001670", "00006054331"
CLARITHROMYCIN, GLUCOPHAGE, COUMADIN = "99990011801", "00087606005", "00056016801"
UNLISTED = "99999999999"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"provider_id": "1234567890"}, "05"),
        ({"cardholder_id": ""}, "07"),
        ({"date_of_birth": "19791332"}, "09"),
        ({"days_supply": 0}, "19"),
        ({"ndc": "0007101562"}, "21"),
        ({"prescriber_npi": "1234567890"}, "25"),
        ({"date_written": "20261399"}, "28"),
        ({"ndc": SILDENAFIL}, "70"),
        ({"ndc": HUMIRA}, "75"),
        ({"ndc": NEXIUM}, "75"),
        ({"ndc": ZOLPIDEM, "quantity": Decimal(31)}, "76"),
        ({"ndc": ZOLPIDEM, "date_of_birth": "20150101"}, "60"),
        ({"days_supply": 35}, "7X"),
    ],
)
def test_a_managed_plan_says_why_not(facts: dict[str, Any], code: str) -> None:
    answer = Counter(**HMO).bill(**facts)
    assert (answer.status, answer.rejects) == ("R", (code,))


@pytest.mark.parametrize(
    ("bin_", "pcn", "group", "code"),
    [
        ("999999", "ADV", "", "01"),
        ("004336", "NONE", "", "04"),
        ("999007", "ROSTER", "OTHER", "06"),
        ("999010", "ENDED", "", "69"),
    ],
)
def test_an_address_that_leads_to_no_plan(bin_: str, pcn: str, group: str, code: str) -> None:
    assert Counter(bin_=bin_, pcn=pcn, group=group).bill().rejects == (code,)


def test_a_closed_formulary_covers_what_it_lists() -> None:
    closed = Counter(bin_="999002", pcn="CLOSED")
    assert closed.bill(ndc=ATORVASTATIN).is_paid
    assert closed.bill(ndc=ZOLPIDEM).rejects == ("70",)
    assert closed.bill(ndc=UNLISTED).rejects == ("54",)


def test_a_roster_knows_birth_date_person_and_end() -> None:
    known = Counter(bin_="999007", pcn="ROSTER", group="KNOWN", member_id="EMP000000001")
    assert known.bill(person_code="001").is_paid
    assert known.bill(person_code="001", date_of_birth="19800101").rejects == ("09",)
    assert known.bill(person_code="007").rejects == ("08",)
    known.member_id = "EMP000000002"
    assert known.bill().rejects == ("69",)


def test_a_first_step_opens_the_second() -> None:
    counter = Counter(**HMO)
    assert counter.bill(ndc=NEXIUM).rejects == ("75",)
    assert counter.bill(ndc=OMEPRAZOLE).is_paid
    counter.clock.advance(timedelta(days=40))
    assert counter.bill(ndc=NEXIUM).is_paid


def test_a_specialty_drug_goes_through_a_specialty_pharmacy() -> None:
    assert Counter(bin_="999005", pcn="SPECIALTY").bill(ndc=HUMIRA).rejects == ("4W",)


def test_a_second_payer_asks_who_was_first() -> None:
    second = Counter(bin_="999006", pcn="SECOND")
    assert second.bill().rejects == ("41",)
    left = OtherPayer(id="004336", date="20260915", patient_responsibility_minor=2500)
    answer = second.bill(again=True, other_coverage="02", other_payers=(left,))
    assert (answer.patient_pay_minor, answer.total_paid_minor) == (0, 2500)


def test_a_refill_has_to_wait_until_three_quarters_are_used() -> None:
    counter = Counter(**HMO)
    assert counter.bill().is_paid
    counter.clock.advance(timedelta(days=22))
    assert counter.bill().rejects == ("79",)
    counter.clock.advance(timedelta(days=1))
    assert counter.bill().is_paid


def test_a_reversed_fill_was_never_there() -> None:
    counter = Counter(**HMO)
    assert counter.bill().is_paid
    assert counter.reverse().status == "A"
    assert counter.bill().is_paid


def test_a_drug_use_review_is_answered_by_a_pharmacist() -> None:
    counter = Counter(**HMO)
    assert counter.bill(ndc=ZOCOR).is_paid
    stopped = counter.bill(ndc=CLARITHROMYCIN)
    assert stopped.rejects == ("88",)
    assert [(alert.reason, alert.text) for alert in stopped.dur] == [
        ("DD", "CLARITHROMYCIN WITH SIMVASTATI"[:30])
    ]
    half = (DurAnswer(reason="DD", service="", result="1B"),)
    assert counter.bill(again=True, ndc=CLARITHROMYCIN, dur=half).rejects == ("88",)
    full = (DurAnswer(reason="DD", service="M0", result="1B"),)
    assert counter.bill(again=True, ndc=CLARITHROMYCIN, dur=full).is_paid


def test_two_drugs_of_a_class_are_a_duplication() -> None:
    counter = Counter(**HMO)
    assert counter.bill(ndc=ZOCOR).is_paid
    assert [alert.reason for alert in counter.bill(ndc=ATORVASTATIN).dur] == ["TD"]


def test_a_claim_from_the_future_and_one_too_old() -> None:
    counter = Counter(bin_="999004", pcn="TRICARE")
    tomorrow = f"{counter.clock.now() + timedelta(days=1):%Y%m%d}"
    assert counter.bill(date_written=tomorrow).rejects == ("82",)
    assert counter.bill(date_written="20240101").rejects == ("81",)


@pytest.mark.parametrize(("member_id", "told"), [("MBR1", "A"), ("MBR1075", "R"), ("MBR2075", "C")])
def test_a_prior_authorization_is_asked_for_and_asked_about(member_id: str, told: str) -> None:
    counter = Counter(**HMO, member_id=member_id)
    asked = counter.send(authorization(counter, counter.claim(ndc=HUMIRA)))
    assert asked.status == "C"
    inquiry = authorization(counter, None, code="P3", assigned_number=asked.authorization_number)
    assert counter.send(inquiry).status == told
    number = {"prior_authorization_type": "1"}
    number |= {"prior_authorization_number": asked.authorization_number}
    answer = counter.bill(ndc=HUMIRA, **number)
    assert answer.is_paid == (told == "A")
    assert counter.bill(ndc=SILDENAFIL, **number).rejects == ("70",)


def test_an_authorization_that_is_taken_back_lifts_nothing() -> None:
    counter = Counter(**HMO)
    number = counter.send(authorization(counter, counter.claim(ndc=HUMIRA))).authorization_number
    for code in ("P3", "P2"):
        asked = authorization(counter, None, code=code, assigned_number=number)
        assert counter.send(asked).status == "A"
    claim = {"prior_authorization_type": "1", "prior_authorization_number": number}
    assert counter.bill(ndc=HUMIRA, **claim).rejects == ("75",)


def authorization(
    counter: Counter, claim: telecom.Claim | None, *, code: str = "P4", **facts: str
) -> telecom.Request:
    return telecom.prior_authorization_request(
        counter.route(),
        counter.member(),
        PriorAuthorization(request_type="1", **facts),
        claim,
        code=code,
    )


def test_coverage_can_be_asked_for() -> None:
    counter = Counter()
    asked = telecom.eligibility_request(counter.route(), counter.member())
    answer = counter.send(asked)
    assert (answer.status, answer.message) == ("A", "Synthetic Choice")
    gone = telecom.eligibility_request(counter.route(), counter.member(cardholder_id="M0065"))
    assert counter.send(gone).rejects == ("65",)


def test_reports_are_taken_in_and_the_rest_is_not_processed() -> None:
    counter = Counter()
    report = telecom.billing_request(counter.route(), counter.member(), counter.claim(), code="N1")
    assert counter.send(report).status == "C"
    other = telecom.billing_request(counter.route(), counter.member(), counter.claim(), code="S1")
    assert counter.send(other).rejects == ("85",)


def test_a_host_goes_down_once_and_refuses_the_transmission() -> None:
    counter = Counter(member_id="MBR0092")
    down = counter.bill()
    assert (down.status, down.rejects) == ("R", ("92",))
    assert counter.bill(again=True).is_paid
