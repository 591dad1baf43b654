"""Adjudicating: one claim, the same bytes however often, and money that adds up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import ncpdp
import pytest
from ncpdp import telecom
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.fulfillment.adjudication.answers import with_exchanges
from pharmonico.fulfillment.adjudication.stage import ADJUDICATED, adjudicate
from pharmonico.fulfillment.documents import Insurance
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable
from pharmonico.kit.money import Money

from tests.billing import PAID, adjudicated, changed, down, rejects, says, selected, the_claim
from tests.builders import EXECUTION, a_clock, published, work
from tests.prescribing import (
    NDC,
    a_directory,
    a_medication,
    a_pharmacy,
    a_script,
    a_validation,
    an_enrollment,
    the_order,
)


def test_a_paid_claim_leaves_the_patients_share() -> None:
    orders = selected()
    assert adjudicated(orders, MemoryPayer(says(PAID))) == ADJUDICATED
    order, claim = the_order(orders), the_claim(orders)
    assert (order.status, order.patient_pay) == (Status.ADJUDICATED, Money(amount_minor=1000))
    assert (claim.status, claim.authorization, claim.plan_paid) == (
        "paid",
        "AUTH1",
        Money(amount_minor=2800),
    )
    assert order.claim_id == claim.claim_id
    assert published(orders) == ["claim_adjudicated"]


def test_the_billing_says_what_is_dispensed_to_whom_by_whom() -> None:
    payer = MemoryPayer(says(PAID))
    adjudicated(selected(), payer)
    request = ncpdp.parse(payer.sent[0])
    claim, member = telecom.read_claim(request), telecom.read_member(request)
    assert (request.type, request.header.bin, request.header.pcn) == ("B1", "610014", "MEDDPRIME")
    assert (request.header.provider_id, request.header.date_of_service) == (
        "1234567893",
        "20260915",
    )
    assert (claim.ndc, claim.quantity, claim.days_supply, claim.refills) == (
        NDC,
        Decimal(30),
        30,
        3,
    )
    assert (claim.fill_number, claim.daw, claim.origin) == (0, "0", "3")
    assert (claim.prescriber_npi, claim.date_written) == ("1234567802", "20260914")
    assert (member.cardholder_id, member.group_id, member.relationship) == (
        "YXE123456789",
        "EXGRP01",
        "1",
    )
    assert (member.last_name, member.date_of_birth, member.gender) == ("DOE", "19790517", "1")
    assert (claim.ingredient_minor, claim.fee_minor, claim.gross_due_minor) == (3600, 200, 3800)
    assert not [f for f in ncpdp.check(request) if f.severity == "error"]


def test_every_byte_of_both_sides_is_kept() -> None:
    orders, payer = selected(), MemoryPayer(down, says(PAID))
    with pytest.raises(Unavailable):
        adjudicated(orders, payer)
    adjudicated(orders, payer)
    assert len(the_claim(orders).exchanges) == 2
    assert all(
        exchange["request"] and exchange["response"] for exchange in the_claim(orders).exchanges
    )


def test_a_payer_that_talks_long_does_not_burst_the_record() -> None:
    long = {"code": "B1", "at": "", "request": "x" * 2_000, "response": "x" * 87_000}
    orders = selected()
    adjudicated(orders, MemoryPayer(says(PAID)))
    claim = with_exchanges(the_claim(orders), (long,) * 6)
    assert len(claim.exchanges) == 2
    assert len(claim.model_dump_json()) < 300_000


def test_a_silent_payer_is_asked_again_with_the_same_bytes() -> None:
    orders, payer = selected(), MemoryPayer(None, None, says(PAID))
    for _ in range(2):
        with pytest.raises(Unavailable):
            adjudicated(orders, payer)
        assert the_claim(orders).status == "submitted"
    assert adjudicated(orders, payer) == ADJUDICATED
    assert len(set(payer.sent)) == 1


def test_a_host_that_is_down_is_asked_again_with_the_same_bytes() -> None:
    orders, payer = selected(), MemoryPayer(down, says(PAID))
    with pytest.raises(Unavailable) as refused:
        adjudicated(orders, payer)
    assert refused.value.code == "payer.host_unavailable"
    assert adjudicated(orders, payer) == ADJUDICATED
    assert len(set(payer.sent)) == 1


def test_a_duplicate_of_a_paid_claim_is_paid() -> None:
    orders = selected()
    assert adjudicated(orders, MemoryPayer(says(changed(status="D")))) == ADJUDICATED
    assert the_claim(orders).status == "paid"


@pytest.mark.parametrize("code", ["70", "75", "79", "85", "88", "99"])
def test_a_rejected_claim_is_held_for_the_worklist_and_not_sent_again(code: str) -> None:
    orders, payer = selected(), MemoryPayer(rejects(code))
    assert adjudicated(orders, payer) == HELD
    order = the_order(orders)
    assert (order.status, order.hold_reason, order.owner) == (
        Status.CLAIM_REJECTED,
        f"claim.{code}",
        None,
    )
    assert the_claim(orders).reject_codes == (code,)
    assert published(orders) == ["claim_rejected"]


def test_a_host_condition_beside_a_real_reject_is_a_reject() -> None:
    assert adjudicated(selected(), MemoryPayer(rejects("92", "70"))) == HELD


def test_a_captured_claim_pays_nothing_and_is_held() -> None:
    orders = selected()
    assert adjudicated(orders, MemoryPayer(says(Answer(status="C")))) == HELD
    assert the_claim(orders).reject_codes == ("local.unexpected_status",)


@pytest.mark.parametrize(
    "amounts",
    [
        {"total_paid_minor": 2801},
        {"patient_pay_minor": None},
        {"total_paid_minor": None},
        {"copay_minor": 1001},
        {"patient_pay_minor": -100, "total_paid_minor": 3900, "copay_minor": None},
    ],
)
def test_amounts_that_do_not_add_up_are_not_believed(amounts: dict[str, Any]) -> None:
    orders = selected()
    with pytest.raises(Unavailable) as refused:
        adjudicated(orders, MemoryPayer(says(changed(**amounts))))
    assert refused.value.code == "payer.amounts_mismatch"
    assert (the_order(orders).status, the_claim(orders).status) == (
        Status.PHARMACY_SELECTED,
        "submitted",
    )


def test_an_answer_to_another_prescription_is_not_believed() -> None:
    with pytest.raises(Unavailable):
        adjudicated(selected(), MemoryPayer(says(changed(rx_number="1"))))


@pytest.mark.parametrize("noise", [b"", b"<html>busy</html>", b"D0B11A01"])
def test_noise_is_not_an_answer(noise: bytes) -> None:
    with pytest.raises(Unavailable) as refused:
        adjudicated(selected(), MemoryPayer(noise))
    assert refused.value.code == "payer.unreadable"


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ({"enrollment": an_enrollment(insurance=None)}, "local.insurance_missing"),
        ({"validation": a_validation(ndc=None)}, "local.product_missing"),
        (
            {"script": a_script(medication__quantity={"code_list_qualifier": "QS"})},
            "local.quantity_missing",
        ),
        (
            {"script": a_script(medication__quantity={"value": "0.0001"})},
            "local.unbillable",
        ),
        (
            {"enrollment": an_enrollment(insurance=Insurance(bin="61001400", member_id="M1"))},
            "local.bin_unsupported",
        ),
    ],
)
def test_what_we_know_to_be_missing_is_held_without_asking(
    papers: dict[str, Any], code: str
) -> None:
    orders, payer = selected(**papers), MemoryPayer()
    assert adjudicated(orders, payer) == HELD
    assert (the_order(orders).hold_reason, payer.sent) == (f"claim.{code}", [])


def test_a_package_without_a_price_is_not_billed_for_nothing() -> None:
    unpriced = a_medication(ndc11="99991000101", unit_price_minor=0, price_source="NONE")
    orders, payer = selected(validation=a_validation(ndc=unpriced.ndc11)), MemoryPayer()
    directory = a_directory(a_pharmacy(), medications=(unpriced,))
    outcome = adjudicate(work(), orders=orders, directory=directory, payer=payer, clock=a_clock())
    assert outcome == HELD
    assert (the_order(orders).hold_reason, payer.sent) == ("claim.local.price_missing", [])


def test_adjudicating_twice_bills_once() -> None:
    orders, payer = selected(), MemoryPayer(says(PAID))
    assert [adjudicated(orders, payer), adjudicated(orders, payer)] == [ADJUDICATED, ADJUDICATED]
    assert len(payer.sent) == 1


def test_another_execution_bills_nothing() -> None:
    payer = MemoryPayer()
    assert adjudicated(selected(owner=EXECUTION + "-other"), payer) == SUPERSEDED
    assert payer.sent == []


def test_a_rejected_claim_is_billed_again_under_its_own_numbers() -> None:
    orders, payer = selected(), MemoryPayer(rejects("70"), says(PAID))
    adjudicated(orders, payer)
    before, order = the_claim(orders), the_order(orders)
    orders.save(order.moved(Status.PHARMACY_SELECTED, at=order.updated_at))
    assert adjudicated(orders, payer) == ADJUDICATED
    after = the_claim(orders)
    assert (after.claim_id, after.rx_number, after.date_of_service) == (
        before.claim_id,
        before.rx_number,
        before.date_of_service,
    )
    assert len(after.exchanges) == 2
