"""A claim, a reversal and the payer's answers, over the wire and back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import ncpdp
import pytest
from ncpdp import telecom
from ncpdp.telecom import (
    Advice,
    Answer,
    Claim,
    DurAlert,
    DurAnswer,
    Member,
    OtherPayer,
    Request,
    Response,
)
from ncpdp.telecom.segments import Compound, Ingredient, PriorAuthorization

from tests.unit.ncpdp.telecom_messages import CLAIM, MEMBER, ROUTE

PAID = Answer(
    status="P",
    authorization_number="AUTH7",
    rx_number="0000007",
    patient_pay_minor=1_000,
    ingredient_paid_minor=10_000,
    fee_paid_minor=150,
    total_paid_minor=9_150,
    copay_minor=1_000,
    basis="01",
)


def billed(claim: Claim = CLAIM) -> Request:
    """The request as the payer reads it."""
    message = ncpdp.parse(ncpdp.write(telecom.billing_request(ROUTE, MEMBER, claim)))
    assert isinstance(message, Request)
    assert ncpdp.check(message) == []
    return message


def answered(response: Response, *findings: str) -> Answer:
    """The answer as the pharmacy reads it."""
    message = ncpdp.parse(ncpdp.write(response))
    assert isinstance(message, Response)
    assert message == response
    assert [finding.code for finding in ncpdp.check(message)] == list(findings)
    return telecom.read_answer(message)


class TestBilling:
    def test_the_payer_reads_the_claim(self) -> None:
        request = billed()
        assert request.type == "B1"
        assert telecom.read_claim(request) == CLAIM
        assert telecom.read_member(request) == MEMBER

    def test_the_fields_are_those_of_the_standard(self) -> None:
        request = billed()
        assert request.get("07", "E7") == "30000"
        assert request.get("07", "D3") == "00"
        assert request.get("11", "D9") == "1204D"
        assert request.get("11", "DU") == "1219D"
        assert request.get("07", "DJ") == "3"

    def test_gross_is_ingredient_and_fee_unless_told(self) -> None:
        claim = replace(CLAIM, gross_due_minor=None)
        assert telecom.read_claim(billed(claim)).gross_due_minor == 12_194

    def test_dur_answers_and_other_payers_travel(self) -> None:
        claim = replace(
            CLAIM,
            other_coverage="08",
            prior_authorization_type="1",
            prior_authorization_number="PA77",
            diagnosis="E785",
            dur=(
                DurAnswer(reason="DD", service="M0", result="1G"),
                DurAnswer(reason="TD", service="P0", result="1B"),
            ),
            other_payers=(
                OtherPayer(id="610014", date="20260914", patient_responsibility_minor=1_000),
                OtherPayer(coverage_type="02", id="015581", date="20260914"),
            ),
        )
        assert telecom.read_claim(billed(claim)) == claim

    def test_a_count_of_thousands_of_digits_is_no_count(self) -> None:
        data = ncpdp.write(billed()).replace(b"D530", b"D5" + b"9" * 5000)
        message = ncpdp.parse(data)
        assert isinstance(message, Request)
        assert telecom.read_claim(message).days_supply == 0

    def test_a_rebill_is_a_b3(self) -> None:
        request = telecom.billing_request(ROUTE, MEMBER, CLAIM, code="B3")
        assert request.header.transaction_code == "B3"

    def test_a_reversal_names_the_claim(self) -> None:
        request = telecom.reversal_request(
            ROUTE, rx_number="0000007", ndc="00071015623", fill_number=2, cardholder_id="YXE1"
        )
        message = ncpdp.parse(ncpdp.write(request))
        assert message == request
        assert ncpdp.check(message) == []
        claim = telecom.read_claim(request)
        assert (request.type, claim.rx_number, claim.fill_number) == ("B2", "0000007", 2)

    def test_a_compound_is_named_by_a_nought(self) -> None:
        part = Ingredient(product_qualifier="03", product_id="00071015623", cost_minor=5)
        claim = replace(CLAIM, ndc="0", more=(Compound(ingredients=(part,)),))
        request = billed(claim)
        assert (request.get("07", "E1"), request.get("07", "D7")) == ("00", "0")
        assert telecom.read_claim(request) == claim
        back = telecom.reversal_request(ROUTE, rx_number="7", ndc="0")
        assert ncpdp.check(back) == []

    def test_a_member_without_a_name_sends_no_empty_segment(self) -> None:
        request = telecom.billing_request(ROUTE, Member(cardholder_id="YXE1"), CLAIM)
        assert [segment.id for segment in request.segments] == ["04"]

    def test_a_prescriber_nobody_names_has_no_segment(self) -> None:
        request = billed(replace(CLAIM, prescriber_npi="", prescriber_last_name=""))
        assert request.segment("03") is None
        named = billed(replace(CLAIM, prescriber_npi=""))
        assert (named.get("03", "EZ"), named.get("03", "DR")) == (None, "PRESCRIBER")

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"fill_number": -1}, "D3"),
            ({"fill_number": 100}, "D3"),
            ({"days_supply": 1000}, "D5"),
            ({"days_supply": -30}, "D5"),
            ({"refills": 100}, "DF"),
        ],
    )
    def test_a_number_that_does_not_fit_is_refused(self, change: dict[str, int], path: str) -> None:
        with pytest.raises(ncpdp.InvalidValue) as caught:
            telecom.billing_request(ROUTE, MEMBER, replace(CLAIM, **change))  # type: ignore[arg-type]  # each is a number of the claim
        assert (caught.value.code, caught.value.path) == ("number.range", path)

    def test_a_million_dollars_is_more_than_a_field_holds(self) -> None:
        telecom.billing_request(ROUTE, MEMBER, replace(CLAIM, ingredient_minor=99_999_000))
        with pytest.raises(ncpdp.InvalidValue):
            telecom.billing_request(ROUTE, MEMBER, replace(CLAIM, ingredient_minor=100_000_000))

    def test_a_prior_authorization_needs_its_claim_and_a_p1_its_authorization(self) -> None:
        wish = PriorAuthorization(request_type="1", begins="20260914", ends="20270914", basis="ME")
        asked = telecom.prior_authorization_request(ROUTE, MEMBER, wish, code="P3")
        assert ncpdp.check(asked) == []
        with pytest.raises(ncpdp.InvalidValue) as caught:
            telecom.prior_authorization_request(ROUTE, MEMBER, wish)
        assert caught.value.code == "builder.incomplete"
        with pytest.raises(ncpdp.InvalidValue) as caught:
            telecom.billing_request(ROUTE, MEMBER, CLAIM, code="P1")
        assert caught.value.code == "builder.incomplete"


class TestAnswers:
    def test_paid(self) -> None:
        answer = answered(telecom.paid_response(billed(), PAID))
        assert answer == PAID
        assert answer.is_paid
        assert answer.is_balanced

    def test_a_duplicate_counts_as_paid(self) -> None:
        answer = answered(telecom.paid_response(billed(), replace(PAID, status="D")))
        assert (answer.status, answer.is_paid) == ("D", True)

    def test_an_answer_that_does_not_add_up(self) -> None:
        wrong = telecom.paid_response(billed(), replace(PAID, total_paid_minor=9_151))
        answer = answered(wrong, "price.unbalanced")
        assert not answer.is_balanced

    def test_rejected_with_codes_and_words(self) -> None:
        answer = answered(telecom.rejected_response(billed(), ("75", "76"), message="CALL US"))
        assert (answer.status, answer.rejects, answer.message) == ("R", ("75", "76"), "CALL US")
        assert not answer.is_paid
        assert answer.patient_pay_minor is None

    def test_rejected_with_dur_alerts(self) -> None:
        alerts = (
            DurAlert(reason="DD", significance="1", text="WARFARIN"),
            DurAlert(reason="TD", previous_fill="20260901", quantity=Decimal("2.5")),
        )
        with_alerts = Answer(status="R", dur=alerts)
        answer = answered(telecom.rejected_response(billed(), ("88",), answer=with_alerts))
        assert answer.dur == alerts

    def test_captured(self) -> None:
        assert answered(telecom.captured_response(billed())).status == "C"

    def test_reversal_accepted(self) -> None:
        request = telecom.reversal_request(ROUTE, rx_number="7", ndc="00071015623")
        response = telecom.reversal_response(request, authorization_number="A1")
        answer = answered(response)
        assert (answer.status, answer.authorization_number) == ("A", "A1")
        assert response.header.transaction_code == "B2"

    def test_a_host_that_is_down_refuses_the_transmission(self) -> None:
        response = telecom.transmission_rejected(billed(), ("92",), "SYSTEM DOWN")
        answer = answered(response)
        assert (answer.status, answer.rejects, answer.message) == ("R", ("92",), "SYSTEM DOWN")
        assert response.header.status == "R"

    def test_every_claim_of_a_refused_transmission_is_refused(self) -> None:
        request = telecom.billing_request(ROUTE, MEMBER, CLAIM, CLAIM)
        response = telecom.transmission_rejected(request, ("92",))
        assert ncpdp.check(response) == []
        assert [one.rejects for one in telecom.read_answers(response)] == [("92",), ("92",)]

    def test_the_answer_counts_its_own_transactions(self) -> None:
        one = billed()
        miscounted = replace(one, header=replace(one.header, transaction_count="3"))
        assert ncpdp.check(telecom.paid_response(miscounted, PAID)) == []

    def test_each_transaction_has_its_answer(self) -> None:
        one = billed()
        request = replace(
            one,
            header=replace(one.header, transaction_count="2"),
            transactions=one.transactions * 2,
        )
        response = telecom.respond(request, PAID, Answer(status="R", rejects=("79",)))
        statuses = [answer.status for answer in telecom.read_answers(response)]
        assert statuses == ["P", "R"]
        with pytest.raises(ncpdp.InvalidValue):
            telecom.respond(request, PAID)

    def test_limits_of_an_answer(self) -> None:
        request = billed()
        with pytest.raises(ncpdp.InvalidValue):
            telecom.paid_response(request, Answer(status="R"))
        with pytest.raises(ncpdp.InvalidValue):
            telecom.rejected_response(request, ("01",) * 6)
        too_many = Answer(status="R", dur=(DurAlert(reason="DD"),) * 10)
        with pytest.raises(ncpdp.InvalidValue):
            telecom.rejected_response(request, ("88",), answer=too_many)


class TestRejects:
    @pytest.mark.parametrize(
        ("code", "words", "advice"),
        [
            ("06", "Group", Advice.CORRECT),
            ("07", "Cardholder", Advice.CORRECT),
            ("75", "Prior authorization", Advice.PHARMACIST),
            ("79", "Refill too soon", Advice.PHARMACIST),
            ("70", "not covered", Advice.OTHER_PAYER),
            ("41", "another payer", Advice.OTHER_PAYER),
            ("92", "unavailable", Advice.RETRY),
            ("Q9", "not in the table", Advice.PHARMACIST),
        ],
    )
    def test_words_and_advice(self, code: str, words: str, advice: Advice) -> None:
        entry = telecom.reject(code)
        assert words in entry.words
        assert entry.advice is advice

    def test_only_host_conditions_that_pass_are_retried(self) -> None:
        retried = {code for code in telecom.REJECTS if telecom.is_retryable((code,))}
        assert retried == {"90", "91", "92", "95", "96", "97", "98"}
        assert not telecom.is_retryable(("92", "70"))
        assert not telecom.is_retryable(())
