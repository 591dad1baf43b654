"""An approved change replaces the drug, keeps the original, and is validated anew."""

from __future__ import annotations

from typing import Any

import ncpdp
import pytest
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.fulfillment.adjudication.papers import Authorization, Billing, Claim, DurReply
from pharmonico.fulfillment.correspondence.changing import Bench, carry_out
from pharmonico.fulfillment.correspondence.papers import DrugChange, OutgoingLetter
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.machine.waiting import open_wait
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.status import CHANGEABLE, Status
from pharmonico.fulfillment.validation.stage import validate
from pharmonico.kit.errors import Unavailable

from tests.builders import EXECUTION, NOON, a_wait, opening, published, work
from tests.prescribing import a_shelf, a_validation, an_enrollment
from tests.unit.correspondence.test_answering import an_answer, ask
from tests.unit.intake.conftest import NEW_RX, Clinic

NINETY = {"quantity": {"value": "90", "code_list_qualifier": "38", "unit_code": "C48542"}}


class Desk(Clinic):
    """A clinic whose prescription was asked about and answered."""

    def __init__(self) -> None:
        super().__init__()
        self.machine = MemoryMachine()
        self.script(NEW_RX)
        self.rx = self.stored[0].id

    def at(self, status: Status, **changes: Any) -> None:
        order = self.orders.get(self.rx)
        self.orders.save(order.model_copy(update={"status": status, **changes}))

    def answered(self, code: str = "S", outcome: Any = "approved_with_changes", **drug: Any) -> str:
        """Carry out an answer with these facts of the drug; answers what came of it."""
        message = ask(self, code)
        form = ncpdp.to_json(ncpdp.parse(an_answer(message, outcome)))
        form["medication"] |= drug
        assert self.script(ncpdp.write(ncpdp.from_json(form))).status == 200
        self.letter = message.header.message_id
        return self.carry_out()

    def carry_out(self) -> str:
        bench = Bench(
            orders=self.orders,
            clients=self.clients,
            machine=self.machine,
            clock=self.clock,
            patient_key="k" * 32,
        )
        return carry_out(self.rx, self.letter, bench=bench)

    @property
    def drug(self) -> dict[str, Any]:
        script = self.orders.document(self.rx, Script)
        assert script is not None
        return dict(script.message["medication"])


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("status", sorted(CHANGEABLE))
def test_until_it_leaves_the_shelf_it_begins_anew(desk: Desk, status: Status) -> None:
    desk.at(status, owner=EXECUTION, pharmacy_id="ph_0000001", hold_reason="sig.missing")
    raw = desk.orders.document(desk.rx, Script)
    assert desk.answered(**NINETY) == "changed"
    order = desk.orders.get(desk.rx)
    assert (order.status, order.run, order.owner) == (Status.RECEIVED, 2, None)
    assert (order.pharmacy_id, order.hold_reason) == (None, None)
    assert published(desk.orders)[-2:] == ["prescription_changed", "prescription_resumed"]
    assert desk.orders.events[-1].data.resume_at == "Validate"
    assert desk.drug["quantity"]["value"] == "90"
    (change,) = desk.orders.documents(desk.rx, DrugChange)
    assert (change.before["quantity"]["value"], change.after["quantity"]["value"]) == ("30", "90")
    kept = desk.orders.document(desk.rx, Script)
    assert raw is not None
    assert kept is not None
    assert kept.raw_base64 == raw.raw_base64


def test_done_twice_it_is_done_once(desk: Desk) -> None:
    desk.at(Status.CLAIM_REJECTED)
    desk.answered(**NINETY)
    events = len(desk.orders.events)
    assert desk.carry_out() == "changed"
    assert len(desk.orders.events) == events


@pytest.mark.parametrize(
    "status", [Status.DISPENSED, Status.SHIPPED, Status.CANCELLED, Status.COMPLETED]
)
def test_later_it_is_only_noted(desk: Desk, status: Status) -> None:
    desk.at(status)
    assert desk.answered(**NINETY) == "too_late"
    assert desk.drug["quantity"]["value"] == "30"
    letter = desk.orders.document(desk.rx, OutgoingLetter, desk.letter)
    assert letter is not None
    assert letter.applied == "too_late"


def test_while_it_is_validated_the_change_waits(desk: Desk) -> None:
    with pytest.raises(Unavailable):
        desk.answered(**NINETY)


@pytest.mark.parametrize("outcome", ["denied"])
def test_a_no_changes_nothing(desk: Desk, outcome: str) -> None:
    desk.at(Status.VALIDATION_ISSUE)
    assert desk.answered(outcome=outcome) == "noted"
    assert desk.orders.get(desk.rx).status is Status.VALIDATION_ISSUE


def test_never_on_a_controlled_substance(desk: Desk) -> None:
    desk.at(Status.VALIDATION_ISSUE)
    desk.orders.put_document(desk.rx, a_validation(dea_schedule="CIV"))
    assert desk.answered(**NINETY) == "controlled"
    assert desk.orders.get(desk.rx).status is Status.VALIDATION_ISSUE


def test_nothing_becomes_a_controlled_substance_by_an_answer(desk: Desk) -> None:
    desk.at(Status.VALIDATION_ISSUE)
    assert desk.answered(drug={"product_code": "00093005801", "dea_schedule_code": "C48677"}) == (
        "controlled"
    )
    assert desk.orders.get(desk.rx).status is Status.VALIDATION_ISSUE


def test_the_signature_of_the_first_drug_signs_no_other(desk: Desk) -> None:
    desk.at(Status.VALIDATION_ISSUE)
    script = desk.orders.document(desk.rx, Script)
    assert script is not None
    header = script.message["header"] | {"digital_signature": {"indicator": "true"}}
    desk.orders.put_document(
        desk.rx, script.model_copy(update={"message": {**script.message, "header": header}})
    )
    assert desk.answered(**NINETY) == "changed"
    changed = desk.orders.document(desk.rx, Script)
    assert changed is not None
    assert "digital_signature" not in changed.message["header"]


def test_what_was_said_to_the_payer_of_the_first_drug_is_not_said_of_another(desk: Desk) -> None:
    desk.at(Status.CLAIM_REJECTED)
    said = Billing(
        replies=(DurReply(reason="DD", service="M0", result="1G"),),
        authorization=Authorization(status="approved", number="12345", asked_at=NOON),
        is_cash=True,
    )
    desk.orders.put_document(desk.rx, said)
    assert desk.answered(**NINETY) == "changed"
    billing = desk.orders.document(desk.rx, Billing)
    assert billing is not None
    assert (billing.replies, billing.authorization, billing.is_cash) == ((), None, False)


def test_who_waited_is_told_and_open_claims_are_taken_back(desk: Desk) -> None:
    desk.at(Status.AWAITING_DISPENSE, wait=a_wait(WaitName.DISPENSE), owner=EXECUTION)
    claim = Claim(
        claim_id="clm_1",
        status="paid",
        rx_number="1",
        date_of_service="20260915",
        bin="610014",
        pcn="MEDDPRIME",
    )
    desk.orders.put_document(desk.rx, claim)
    desk.answered(code="OS", **NINETY)
    assert desk.machine.answers["token-1"][0] == "Superseded"
    (kept,) = desk.orders.documents(desk.rx, Claim)
    assert kept.status == "reversing"


def _comes_to_the_wait(desk: Desk) -> str:
    """The changed prescription's new execution, up to its first wait."""
    run = {"order_id": desk.rx, "run": 2, "execution": "two"}
    validate(work(**run), shelf=a_shelf(desk.orders))
    wait = opening(WaitName.ENROLLMENT, prescription_id=desk.rx, run=2, execution="two")
    return open_wait(wait, orders=desk.orders, machine=desk.machine, clock=desk.clock).outcome


def test_who_is_enrolled_is_not_asked_again(desk: Desk) -> None:
    desk.at(Status.CLAIM_REJECTED)
    enrolled = an_enrollment(prescription_id=desk.rx, submitted_at=NOON)
    desk.orders.put_document(desk.rx, enrolled)
    desk.answered(**NINETY)
    assert _comes_to_the_wait(desk) == "answered"
    assert desk.orders.get(desk.rx).status is Status.AWAITING_ROUTING


@pytest.mark.parametrize(
    ("links", "revoked", "status"),
    [
        (1, False, Status.AWAITING_ENROLLMENT),
        (1, True, Status.VALIDATED),
        (0, False, Status.VALIDATED),
    ],
)
def test_an_invitation_that_is_out_stays_good(
    desk: Desk, links: int, revoked: bool, status: Status
) -> None:
    desk.at(Status.AWAITING_ENROLLMENT)
    invited = an_enrollment(prescription_id=desk.rx, links_sent=links, revoked=revoked)
    desk.orders.put_document(desk.rx, invited)
    desk.answered(**NINETY)
    assert _comes_to_the_wait(desk) == "waiting"
    kept = desk.orders.get(desk.rx)
    assert kept.status is status
    assert kept.wait is not None


def test_an_authorization_goes_into_the_claim(desk: Desk) -> None:
    desk.at(Status.CLAIM_REJECTED)
    assert desk.answered("P", "approved", prior_authorization="12345678901") == "authorized"
    billing = desk.orders.document(desk.rx, Billing)
    assert billing is not None
    assert billing.authorization is not None
    assert (billing.authorization.status, billing.authorization.number) == (
        "approved",
        "12345678901",
    )
    assert desk.orders.get(desk.rx).status is Status.PHARMACY_SELECTED
    assert desk.drug["quantity"]["value"] == "30"


def test_an_authorization_without_a_number_is_for_people_to_enter(desk: Desk) -> None:
    desk.at(Status.CLAIM_REJECTED)
    assert desk.answered("P", "approved") == "noted"
    assert desk.orders.get(desk.rx).status is Status.CLAIM_REJECTED


def test_the_prescribers_wish_for_fill_reports_stays(desk: Desk) -> None:
    desk.at(Status.VALIDATION_ISSUE)
    script = desk.orders.document(desk.rx, Script)
    assert script is not None
    form = script.message
    wish = {**form, "medication": form["medication"] | {"rx_fill_indicators": ["Not Dispensed"]}}
    desk.orders.put_document(desk.rx, script.model_copy(update={"message": wish}))
    desk.answered(**NINETY)
    assert desk.drug["rx_fill_indicators"] == ["Not Dispensed"]


def test_a_denied_authorization_is_no_longer_waited_for(desk: Desk) -> None:
    desk.at(Status.CLAIM_REJECTED)
    asked = Authorization(status="pending", asked_at=NOON)
    desk.orders.put_document(desk.rx, Billing(authorization=asked))
    assert desk.answered("P", "denied") == "noted"
    billing = desk.orders.document(desk.rx, Billing)
    assert billing is not None
    assert billing.authorization is not None
    assert billing.authorization.status == "denied"
