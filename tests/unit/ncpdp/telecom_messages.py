"""D.0 messages of every kind, synthetic, for tests that go through all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import ncpdp
from ncpdp import telecom
from ncpdp.telecom import Answer, Claim, DurAlert, DurAnswer, Member, OtherPayer, Route
from ncpdp.telecom.segments import (
    Authorized,
    Compound,
    Coupon,
    Ingredient,
    KnownPatient,
    PlanDetails,
    PriorAuthorization,
)

ROUTE = Route(bin="610014", pcn="MEDDPRIME", provider_id="1502203312", date_of_service="20260914")
MEMBER = Member(
    cardholder_id="YXE123456789",
    group_id="EXGRP01",
    person_code="01",
    relationship="1",
    first_name="JORDAN",
    last_name="DOE",
    date_of_birth="19790517",
    gender="1",
)
CLAIM = Claim(
    rx_number="0000007",
    ndc="00071015623",
    quantity=Decimal(30),
    days_supply=30,
    date_written="20260914",
    refills=3,
    prescriber_npi="1234567802",
    prescriber_last_name="PRESCRIBER",
    ingredient_minor=12_044,
    fee_minor=150,
    usual_and_customary_minor=15_000,
    gross_due_minor=12_194,
)
RICH = replace(
    CLAIM,
    other_coverage="02",
    dur=(DurAnswer(reason="DD", service="M0", result="1G", effort="12"),),
    other_payers=(
        OtherPayer(id="610014", date="20260914", paid_minor=500, patient_responsibility_minor=10),
        OtherPayer(coverage_type="02", id="015581", date="20260914", rejects=("70", "75")),
    ),
    diagnosis="E785",
    clarification="02",
)
MIXED = replace(
    CLAIM,
    rx_number="0000008",
    more=(
        Coupon(type="01", number="CPN1", amount_minor=250),
        Compound(
            dosage_form="10",
            ingredients=(
                Ingredient(product_qualifier="03", product_id="00071015623", cost_minor=5),
                Ingredient(product_qualifier="03", product_id="00071015523", quantity=Decimal(2)),
            ),
        ),
    ),
)
PAID = Answer(
    status="P",
    authorization_number="AUTH7",
    patient_pay_minor=1_000,
    ingredient_paid_minor=10_000,
    fee_paid_minor=150,
    total_paid_minor=9_150,
    copay_minor=1_000,
    basis="01",
)
WORDS = "PLEASE CALL THE HELP DESK OF THE PLAN BEFORE THIS CLAIM IS SENT AGAIN"
ALERT = DurAlert(reason="DD", significance="1", text="WARFARIN")


def messages() -> dict[str, bytes]:
    """The bytes of each, by name."""
    bill = telecom.billing_request(ROUTE, MEMBER, CLAIM)
    two = telecom.billing_request(ROUTE, MEMBER, RICH, MIXED)
    back = telecom.reversal_request(ROUTE, rx_number="7", ndc="00071015623", cardholder_id="YXE1")
    asked = telecom.eligibility_request(ROUTE, MEMBER)
    wish = PriorAuthorization(request_type="1", begins="20260914", ends="20270914", basis="ME")
    prior = telecom.prior_authorization_request(ROUTE, MEMBER, wish, CLAIM)
    allowed = Answer(status="A", more=(Authorized(processed="20260914", assigned_number="77"),))
    found = {
        "b1": bill,
        "b1_two": two,
        "b2": back,
        "b3": telecom.rebill_request(ROUTE, MEMBER, CLAIM),
        "e1": asked,
        "n1": telecom.billing_request(ROUTE, MEMBER, CLAIM, code="N1"),
        "n2": telecom.reversal_request(ROUTE, rx_number="7", ndc="00071015623", code="N2"),
        "p1": telecom.billing_request(ROUTE, MEMBER, replace(CLAIM, more=(wish,)), code="P1"),
        "p4": prior,
        "paid": telecom.paid_response(bill, PAID),
        "duplicate": telecom.duplicate_response(bill, PAID),
        "rejected": telecom.rejected_response(bill, ("75", "76"), message=WORDS),
        "dur": telecom.dur_response(bill, ALERT, DurAlert(reason="TD", previous_fill="20260901")),
        "captured": telecom.captured_response(bill),
        "reversed": telecom.reversal_response(back),
        "mixed": telecom.respond(two, PAID, Answer(status="R", rejects=("79",))),
        "down": telecom.transmission_rejected(bill, ("92",), "SYSTEM DOWN"),
        "covered": telecom.eligibility_response(
            asked,
            Answer(status="A", message="ELIGIBLE"),
            PlanDetails(group_id="EXGRP01"),
            KnownPatient(last_name="DOE"),
        ),
        "authorized": telecom.respond(prior, allowed),
    }
    return {name: ncpdp.write(message) for name, message in found.items()}
