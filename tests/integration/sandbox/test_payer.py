"""Claims over HTTP in D.0 bytes, built and read with our own codec."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import ncpdp
import pytest
from ncpdp import telecom
from ncpdp.telecom import Answer, Claim, DurAnswer, Member, OtherPayer, Route

PHARMACY_NPI = PRESCRIBER_NPI = "1234567893"
ATORVASTATIN = "00071015623"


def route(**changes: Any) -> Route:
    given: Any = {"bin": "610014", "pcn": "MEDDPRIME", "provider_id": PHARMACY_NPI}
    return Route(**given | {"date_of_service": "20261120"} | changes)


def member(**changes: Any) -> Member:
    given: Any = {"cardholder_id": "YXE123456789", "group_id": "EXGRP01", "relationship": "1"}
    return Member(**given | {"date_of_birth": "19790517"} | changes)


def claim(**changes: Any) -> Claim:
    given: Any = {"rx_number": "7000001", "ndc": ATORVASTATIN, "quantity": Decimal(30)}
    given |= {"days_supply": 30, "date_written": "20261118", "prescriber_npi": PRESCRIBER_NPI}
    return Claim(**given | {"ingredient_minor": 2400} | changes)


def ask(sandbox: Any, request: telecom.Request) -> Answer:
    """Send the bytes, read the answer, and hold it against the identity every answer must keep."""
    headers = {"Content-Type": "application/octet-stream"}
    answer = sandbox.http.post("/payer/claims", content=ncpdp.write(request), headers=headers)
    assert answer.headers["content-type"] == "application/octet-stream"
    response = ncpdp.parse(answer.raise_for_status().content)
    assert isinstance(response, telecom.Response)
    read = telecom.read_answer(response)
    assert not read.is_paid or (read.is_balanced and patient_parts(read) == read.patient_pay_minor)
    return read


def patient_parts(read: Answer) -> int:
    parts = (
        read.deductible_minor,
        read.copay_minor,
        read.coinsurance_minor,
        read.patient_tax_minor,
    )
    return sum(part or 0 for part in parts)


def bill(sandbox: Any, *, member_id: str = "YXE123456789", code: str = "B1", **changes: Any) -> Any:
    who = member(cardholder_id=member_id)
    return ask(sandbox, telecom.billing_request(route(), who, claim(**changes), code=code))


def reverse(sandbox: Any, rx_number: str = "7000001") -> Answer:
    asked = telecom.reversal_request(route(), rx_number=rx_number, ndc=ATORVASTATIN)
    return ask(sandbox, asked)


def test_a_claim_is_paid_and_the_patient_owes_the_copay(sandbox: Any) -> None:
    answer = bill(sandbox)
    assert (answer.status, answer.patient_pay_minor, answer.copay_minor) == ("P", 1000, 1000)
    assert answer.total_paid_minor is not None
    assert answer.total_paid_minor > 0


def test_a_coinsurance_plan_takes_its_percentage(sandbox: Any) -> None:
    asked = telecom.billing_request(route(bin="015581", pcn="NARROW"), member(), claim())
    answer = ask(sandbox, asked)
    allowed = (answer.ingredient_paid_minor or 0) + (answer.fee_paid_minor or 0)
    assert answer.coinsurance_minor == pytest.approx(allowed * 0.2, abs=1)


def test_a_copay_card_pays_what_the_first_payer_left(sandbox: Any) -> None:
    answer = with_card(sandbox, first_bin="004336")
    assert (answer.total_paid_minor, answer.patient_pay_minor) == (1000, 0)


def test_a_copay_card_is_nothing_for_members_of_a_health_programme(sandbox: Any) -> None:
    assert with_card(sandbox, first_bin="610014").rejects == ("65",)


def with_card(sandbox: Any, *, first_bin: str) -> Answer:
    left = OtherPayer(id=first_bin, date="20261120", patient_responsibility_minor=1000)
    secondary = claim(other_coverage="08", other_payers=(left,))
    card = route(bin="019158", pcn="CNRX")
    return ask(sandbox, telecom.billing_request(card, member(), secondary))


def test_the_same_claim_again_is_a_duplicate_with_the_original_amounts(sandbox: Any) -> None:
    first, again = bill(sandbox), bill(sandbox)
    assert again.status == "D"
    assert again.authorization_number == first.authorization_number
    assert again.total_paid_minor == first.total_paid_minor


def test_another_claim_under_the_same_number_is_no_duplicate(sandbox: Any) -> None:
    bill(sandbox)
    assert bill(sandbox, quantity=Decimal(60)).rejects == ("83",)


def test_a_reversal_takes_a_paid_claim_back_and_it_can_be_billed_anew(sandbox: Any) -> None:
    first = bill(sandbox)
    reversal = reverse(sandbox)
    assert (reversal.status, reversal.authorization_number) == ("A", first.authorization_number)
    assert reverse(sandbox).status == "A"
    assert bill(sandbox).status == "P"


def test_a_rebill_replaces_the_paid_claim(sandbox: Any) -> None:
    first = bill(sandbox)
    second = bill(sandbox, code="B3", quantity=Decimal(60))
    assert second.status == "P"
    assert (second.ingredient_paid_minor or 0) > (first.ingredient_paid_minor or 0)


def test_reversing_an_unknown_claim_is_rejected(sandbox: Any) -> None:
    answer = reverse(sandbox, "7999999")
    assert (answer.status, answer.rejects) == ("R", ("87",))


@pytest.mark.parametrize("code", ["75", "79", "70", "65", "88"])
def test_a_magic_member_is_rejected_with_its_code(sandbox: Any, code: str) -> None:
    answer = bill(sandbox, member_id=f"YXE1234500{code}")
    assert (answer.status, answer.rejects) == ("R", (code,))


def test_a_prior_authorization_number_lifts_75_and_a_dur_answer_lifts_88(sandbox: Any) -> None:
    member_75, member_88 = "YXE12340075", "YXE12340088"
    assert bill(sandbox, member_id=member_88).dur[0].reason == "DD"
    number = {"prior_authorization_type": "1", "prior_authorization_number": "12345"}
    assert bill(sandbox, member_id=member_75, **number).status == "P"
    answered = (DurAnswer(reason="DD", service="M0", result="1B"),)
    assert bill(sandbox, member_id=member_88, rx_number="7000002", dur=answered).status == "P"


def test_a_host_that_is_down_is_up_on_the_retry(sandbox: Any) -> None:
    down = bill(sandbox, member_id="YXE12340092")
    assert down.rejects == ("92",)
    assert telecom.is_retryable(down.rejects)
    assert bill(sandbox, member_id="YXE12340092").status == "P"


def test_a_member_ending_in_0000_pays_nothing(sandbox: Any) -> None:
    assert bill(sandbox, member_id="YXE12340000").patient_pay_minor == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"bin": "999999"}, "01"), ({"pcn": "OTHER"}, "04"), ({"provider_id": "1234567890"}, "05")],
)
def test_a_wrong_address_is_rejected_with_its_code(
    sandbox: Any, changes: dict[str, str], code: str
) -> None:
    asked = telecom.billing_request(route(**changes), member(), claim())
    assert ask(sandbox, asked).rejects == (code,)


def test_bytes_that_are_no_claim_get_a_400(sandbox: Any) -> None:
    assert sandbox.http.post("/payer/claims", content=b"hello").status_code == 400


def test_the_switch_shows_what_was_said(sandbox: Any) -> None:
    bill(sandbox)
    reverse(sandbox)
    [known] = sandbox.items("/payer/claims", rx_number="7000001")
    said = [(exchange["code"], exchange["status"]) for exchange in known["history"]]
    assert said == [("B1", "P"), ("B2", "A")]
    assert "P paid" in sandbox.http.get("/sandbox/claims").text
