"""A conversation from the first prescription on: every answer is complete and without findings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.codes import FROM_PHARMACY, TO_PHARMACY
from ncpdp.script import (
    DigitalSignature,
    DrugCoded,
    Medication,
    NewRx,
    Pharmacy,
    Quantity,
    RxChangeRequest,
    RxChangeResponse,
    RxFill,
    RxRenewalRequest,
    RxRenewalResponse,
    RxTransferConfirm,
    RxTransferRequest,
    RxTransferResponse,
    ScriptMessage,
    Version,
    change_request,
    change_response,
    convert,
    pharmacy_of,
    renewal_request,
    renewal_response,
    rx_fill,
    transfer_confirm,
    transfer_request,
    transfer_response,
    transferred,
)

if TYPE_CHECKING:
    from collections.abc import Callable

AT = "2026-12-20T15:05:00Z"
OURS = {"message_id": "OUR-1", "sent_time": AT}
THEIRS = {"message_id": "THEIRS-2", "sent_time": AT}
ROSUVASTATIN = Medication(
    drug_description="Rosuvastatin 10 MG Oral Tablet",
    quantity=Quantity(value="90", code_list_qualifier="38", unit_code="C48542"),
)


def sent(message: ScriptMessage, *, findings: tuple[str, ...] = ()) -> ScriptMessage:
    """The message as the other side reads it."""
    again = ncpdp.parse(ncpdp.write(message))
    assert isinstance(again, ScriptMessage)
    assert [finding.code for finding in ncpdp.check(again)] == list(findings)
    return again


def body_of(message: ScriptMessage, kind: type) -> Any:
    assert isinstance(message.body, kind)
    return message.body


def a_renewal_request(newrx: ScriptMessage) -> ScriptMessage:
    message = renewal_request(
        newrx, refills=3, last_fill_date="2026-12-10", rx_reference_number="RX100", **OURS
    )
    return sent(message)


class TestRenewal:
    def test_the_request(self, newrx: ScriptMessage) -> None:
        asked = a_renewal_request(newrx)
        body = body_of(asked, RxRenewalRequest)
        assert (asked.header.to, asked.header.from_) == (newrx.header.from_, newrx.header.to)
        assert asked.header.relates_to_message_id == newrx.header.message_id
        assert asked.header.rx_reference_number == "RX100"
        assert body.dispensed.last_fill_date == "2026-12-10"
        assert body.dispensed.pharmacy_requested_refills == "3"
        assert body.dispensed.number_of_refills is None

    @pytest.mark.parametrize("outcome", ["approved", "approved_with_changes"])
    def test_a_yes_brings_the_prescription_back(self, newrx: ScriptMessage, outcome: Any) -> None:
        answer = sent(renewal_response(a_renewal_request(newrx), outcome, **THEIRS))
        body = body_of(answer, RxRenewalResponse)
        assert getattr(body, outcome) is not None
        assert (body.medication.number_of_refills, body.medication.written_date) == (
            "3",
            "2026-12-20",
        )
        assert answer.header.relates_to_message_id == "OUR-1"
        assert answer.header.rx_reference_number == "RX100"

    @pytest.mark.parametrize("outcome", ["denied", "denied_new_to_follow"])
    def test_a_no_names_the_drug_too(self, newrx: ScriptMessage, outcome: Any) -> None:
        asked = a_renewal_request(newrx)
        answer = renewal_response(
            asked, outcome, note="See me first", reason_codes=("AF",), **THEIRS
        )
        body = body_of(sent(answer), RxRenewalResponse)
        assert getattr(body, outcome).reason == "See me first"
        assert body.medication.ndc == "00071015623"

    def test_a_replacement_needs_its_drug(self, newrx: ScriptMessage) -> None:
        asked = a_renewal_request(newrx)
        with pytest.raises(ncpdp.InvalidValue):
            renewal_response(asked, "replace", **THEIRS)
        drug = replace(body_of(newrx, NewRx).medication, drug_description="Another")
        answer = sent(renewal_response(asked, "replace", medication=drug, **THEIRS))
        assert body_of(answer, RxRenewalResponse).medication.drug_description == "Another"

    def test_without_an_address_of_the_pharmacy_it_is_not_built(self, newrx: ScriptMessage) -> None:
        body = body_of(newrx, NewRx)
        bare = replace(newrx, body=replace(body, pharmacy=replace(body.pharmacy, address=None)))
        with pytest.raises(ncpdp.MissingElement) as caught:
            renewal_request(bare, refills=1, last_fill_date="2026-12-10", **OURS)
        assert caught.value.path == "RxRenewalRequest/Pharmacy/Address"

    def test_a_controlled_drug_is_approved_with_a_signature(
        self, sample: Callable[[str], bytes]
    ) -> None:
        controlled = ncpdp.parse(sample("newrx_controlled_civ"))
        assert isinstance(controlled, ScriptMessage)
        asked = a_renewal_request(controlled)
        sent(
            renewal_response(asked, "approved", **THEIRS),
            findings=("epcs.signature_missing",),
        )
        signature = DigitalSignature(version="1.1", indicator="true")
        sent(renewal_response(asked, "approved", signature=signature, **THEIRS))

    def test_only_a_request_is_answered(self, newrx: ScriptMessage) -> None:
        with pytest.raises(ncpdp.InvalidValue) as caught:
            renewal_response(newrx, "approved", **THEIRS)
        assert caught.value.code == "builder.not_a_request"


class TestChange:
    def test_another_drug_is_asked_for_and_approved(self, newrx: ScriptMessage) -> None:
        asked = sent(change_request(newrx, "T", requested=(ROSUVASTATIN,), **OURS))
        assert body_of(asked, RxChangeRequest).message_request_code == "T"
        answer = sent(change_response(asked, "approved", note="Agree", **THEIRS))
        drug = body_of(answer, RxChangeResponse).medication
        assert drug.drug_description == "Rosuvastatin 10 MG Oral Tablet"
        assert (drug.quantity.value, drug.drug, drug.refills) == ("90", None, 3)
        assert drug.sig_text == "Take 1 tablet by mouth once daily at bedtime"

    def test_of_several_drugs_one_is_named(self, newrx: ScriptMessage) -> None:
        other = replace(ROSUVASTATIN, drug_description="Other")
        asked = change_request(newrx, "T", requested=(ROSUVASTATIN, other), **OURS)
        with pytest.raises(ncpdp.InvalidValue):
            change_response(asked, "approved", **THEIRS)

    def test_authorization_is_validated(self, newrx: ScriptMessage) -> None:
        asked = sent(change_request(newrx, "U", sub_codes=("G",), **OURS))
        answer = sent(change_response(asked, "validated", note="1234567802", **THEIRS))
        assert body_of(answer, RxChangeResponse).validated.note == "1234567802"

    def test_a_change_can_be_denied(self, newrx: ScriptMessage) -> None:
        asked = change_request(newrx, "G", requested=(ROSUVASTATIN,), **OURS)
        answer = sent(change_response(asked, "denied", reason_codes=("AO",), **THEIRS))
        body = body_of(answer, RxChangeResponse)
        assert body.denied.reason_codes == ("AO",)
        assert body.medication.ndc == "00071015623"


class TestFill:
    def test_what_was_handed_out(self, newrx: ScriptMessage) -> None:
        product = DrugCoded(product_code="00093505698", product_code_qualifier="ND")
        message = sent(rx_fill(newrx, "dispensed", drug=product, lot_number="L1", **OURS))
        body = body_of(message, RxFill)
        assert (body.status, body.dispensed.lot_number) == ("dispensed", "L1")
        assert (body.dispensed.ndc, body.dispensed.last_fill_date) == ("00093505698", "2026-12-20")
        assert message.header.relates_to_message_id == newrx.header.message_id

    @pytest.mark.parametrize("status", ["partially_dispensed", "not_dispensed", "transferred"])
    def test_the_other_statuses(self, newrx: ScriptMessage, status: str) -> None:
        message = sent(rx_fill(newrx, status, note="Back in stock", **OURS))
        assert body_of(message, RxFill).status == status

    def test_filled_is_no_status(self, newrx: ScriptMessage) -> None:
        with pytest.raises(ncpdp.InvalidValue) as caught:
            rx_fill(newrx, "filled", **OURS)
        assert caught.value.code == "fill_status.unknown"


class TestTransfer:
    @pytest.fixture
    def asked(self, newrx: ScriptMessage) -> ScriptMessage:
        body = body_of(newrx, NewRx)
        taker = Pharmacy(ncpdp_id="3612048", npi="1188204717", business_name="Second")
        message = transfer_request(
            body.patient,
            taker=taker,
            giver=body.pharmacy,
            medications=(body.medication,),
            **OURS,
        )
        return sent(message)

    def test_the_request(self, asked: ScriptMessage) -> None:
        body = body_of(asked, RxTransferRequest)
        assert (asked.header.to.id, asked.header.from_.id) == ("2109886", "3612048")
        assert body.scope == "SPECIFIC"
        taker = pharmacy_of(body.pharmacies, TO_PHARMACY)
        giver = pharmacy_of(body.pharmacies, FROM_PHARMACY)
        assert taker
        assert giver
        assert (taker.ncpdp_id, giver.ncpdp_id) == ("3612048", "2109886")

    def test_yes_with_three_quantities_and_a_confirmation(
        self, asked: ScriptMessage, newrx: ScriptMessage
    ) -> None:
        drug = transferred(
            body_of(newrx, NewRx).medication, remaining=Decimal(20), moved=Decimal(20)
        )
        answer = sent(transfer_response(asked, medications=(drug,), **THEIRS))
        body = body_of(answer, RxTransferResponse)
        (given,) = body.medications
        assert [(one.code_list_qualifier, one.value) for one in given.quantities] == [
            ("38", "30"),
            ("40", "20"),
            ("QT", "20"),
        ]
        confirmed = sent(transfer_confirm(answer, **OURS))
        assert body_of(confirmed, RxTransferConfirm).medications == body.medications
        assert confirmed.header.relates_to_message_id == "THEIRS-2"

    def test_no(self, asked: ScriptMessage) -> None:
        answer = sent(transfer_response(asked, note="Not ours", **THEIRS))
        assert body_of(answer, RxTransferResponse).denied.reason == "Not ours"


def test_a_2023011_message_is_answered_in_2023011(newrx: ScriptMessage) -> None:
    newer = sent(convert(newrx, Version.V2023011))
    message = rx_fill(newer, "dispensed", **OURS)
    written = ncpdp.write(message)
    assert b"<AdministrativeGender>" in written
    assert sent(message).version is Version.V2023011


WRONG_SUBJECTS = ["status", "cancelrxresponse", "rxtransferrequest", "error", "verify"]


@pytest.mark.parametrize("name", WRONG_SUBJECTS)
def test_a_message_about_nobody_is_no_subject(sample: Callable[[str], bytes], name: str) -> None:
    of = ncpdp.parse(sample(name))
    assert isinstance(of, ScriptMessage)
    for build in (
        lambda: change_request(of, "S", **OURS),
        lambda: renewal_request(of, refills=1, last_fill_date="2026-12-01", **OURS),
        lambda: renewal_request(
            of, refills=1, last_fill_date="2026-12-01", dispensed=ROSUVASTATIN, **OURS
        ),
        lambda: rx_fill(of, "dispensed", **OURS),
    ):
        with pytest.raises(ncpdp.NcpdpError) as caught:
            build()
        assert caught.value.code in {"builder.not_a_request", "element.missing"}


def test_an_outcome_that_is_none(sample: Callable[[str], bytes]) -> None:
    renewal = ncpdp.parse(sample("rxrenewalrequest"))
    change = ncpdp.parse(sample("rxchangerequest"))
    assert isinstance(renewal, ScriptMessage)
    assert isinstance(change, ScriptMessage)
    for build in (
        lambda: renewal_response(renewal, "perhaps", **OURS),  # type: ignore[arg-type]  # none of the words
        lambda: change_response(change, "perhaps", **OURS),  # type: ignore[arg-type]  # on purpose
    ):
        with pytest.raises(ncpdp.InvalidValue) as caught:
            build()
        assert caught.value.code == "outcome.unknown"


@pytest.mark.parametrize("wrong", [{"message_id": None}, {"message_id": 5}, {"sent_time": None}])
def test_an_id_or_time_that_is_no_text(newrx: ScriptMessage, wrong: dict[str, Any]) -> None:
    with pytest.raises(ncpdp.NcpdpError):
        rx_fill(newrx, "dispensed", **{**OURS, **wrong})
