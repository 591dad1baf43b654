"""`events/invoke`: each function takes its sample and does what it is for."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.fulfillment.desk.terms import blind
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.payment.records import Refund
from pharmonico.fulfillment.shipping.parcels import Scan
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money

from infra_cdk.functions import ALL
from local.generate.api_requests import PARCEL
from tests.billing import says
from tests.builders import a_wait
from tests.enrolling import CONSENT
from tests.prescribing import a_script, an_enrollment
from tests.unit.lambdas.calling import READ, SAMPLES, Invoker, invite
from tests.unit.lambdas.invoking import EXECUTION, RX, Cloud

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_function_has_a_sample_and_every_sample_is_called_here() -> None:
    functions = {spec.name for spec in ALL}
    assert {path.stem for path in SAMPLES.glob("*.json")} == functions
    places = ("calling.py", "test_door_samples.py", "test_invocation_samples.py")
    here = "".join((Path(__file__).parent / place).read_text() for place in places)
    assert {name for name in functions if f'"{name}"' not in here} == set()


@pytest.mark.parametrize(
    ("name", "given", "outcome"),
    [
        ("validate", lambda cloud: cloud.given(Status.RECEIVED, READ[0]), "waiting"),
        ("open_wait", lambda cloud: cloud.given(Status.VALIDATED), "waiting"),
        ("route", lambda cloud: cloud.given(Status.AWAITING_ROUTING, *READ), "waiting"),
        ("expire_wait", lambda cloud: cloud.given(Status.AWAITING_ENROLLMENT), "expired"),
        ("record_failure", lambda cloud: cloud.given(Status.RECEIVED), "recorded"),
    ],
)
def test_a_task_does_its_work(
    invoker: Invoker, name: str, given: Callable[[Cloud], None], outcome: str
) -> None:
    given(invoker.cloud)
    assert invoker.outcome(name) == outcome


def test_the_samples_bring_one_prescription_home(invoker: Invoker) -> None:
    invoker.to_the_carrier()
    invoker.scanned_as_in_the_samples()
    assert invoker.heard("webhook_shippo") == "moved"
    assert invoker.outcome("complete") == "completed"
    assert invoker.cloud.order.status is Status.COMPLETED


def test_the_samples_undo_what_was_cancelled(invoker: Invoker) -> None:
    cloud = invoker.cloud
    invoker.to_the_carrier()
    wait = a_wait(WaitName.DELIVERY, token="token-2")
    cloud.orders.save(cloud.order.moved(Status.CANCELLED, at=cloud.clock.now(), wait=wait))
    assert invoker.outcome("release_wait") == "released"
    assert cloud.machine.answers["token-2"][0] == "Cancelled"
    assert cloud.machine.stopped == [EXECUTION]
    cloud.payer = MemoryPayer(says(Answer(status="A")))
    assert invoker.outcome("reverse_claim") == "reversed"
    assert invoker.outcome("refund_payment") == "refunded"
    assert invoker.outcome("void_label") == "voided"


def test_the_day_is_closed_with_its_parcels(invoker: Invoker) -> None:
    invoker.to_the_carrier()
    invoker.cloud.clock.advance(timedelta(days=1))
    assert invoker.call("manifest_closer") == {"closed": 1, "failed": 0}
    assert len(invoker.cloud.carriers.manifests) == 1


def test_the_poller_finds_the_parcel(invoker: Invoker) -> None:
    invoker.to_the_carrier()
    invoker.scanned_as_in_the_samples()
    at = invoker.cloud.clock.now()
    scan = Scan(carrier="usps", number=PARCEL, status="TRANSIT", substatus="", at=at)
    invoker.cloud.carriers.scans["usps", PARCEL] = scan
    said = {"asked": 1, "moved": 1, "silent": 0, "failed": 0}
    assert invoker.call("track_poller") == said


def test_what_nobody_works_on_is_taken_up(invoker: Invoker) -> None:
    invoker.cloud.given(Status.VALIDATED)
    invoker.cloud.clock.advance(timedelta(hours=1))
    assert invoker.call("reconcile") == {"resumed": 1}


def test_what_was_signed_is_written_down_and_the_coverage_asked_about(invoker: Invoker) -> None:
    cloud = invoker.cloud
    signed = CONSENT.model_copy(update={"signed_at": cloud.clock.now()})
    submitted = an_enrollment().model_copy(
        update={"consent": signed, "submitted_at": cloud.clock.now()}
    )
    cloud.given(Status.AWAITING_ROUTING, a_script(), submitted)
    cloud.payer = MemoryPayer(says(Answer(status="A", message="Example plan")))
    assert invoker.call("enrollment_papers") == {"batchItemFailures": []}
    (pdf,) = cloud.records.objects.values()
    assert pdf.startswith(b"%PDF-")
    (eligibility,) = cloud.orders.documents(RX, Eligibility)
    assert (eligibility.key, eligibility.status) == ("primary", "active")


def test_nothing_marked_is_taken_back(invoker: Invoker) -> None:
    invoker.cloud.given(Status.AWAITING_ROUTING)
    assert invoker.call("claim_reverser") == {"batchItemFailures": []}
    assert invoker.cloud.payer.sent == []


def test_money_that_is_to_go_back_goes_back_from_the_queue(invoker: Invoker) -> None:
    invoker.to_the_till()
    invoker.cloud.checkouts.pay("cs_1")
    assert invoker.heard("webhook_stripe") == "paid"
    paid = invoker.cloud.orders.document(invoker.cloud.order.id, Payment)
    assert paid is not None
    asked = Refund(
        key="5f2a9c01",
        amount=Money(amount_minor=100),
        reason="service",
        by="usr_ops",
        role="ops",
        at=invoker.cloud.clock.now(),
        status="asked",
    )
    invoker.cloud.orders.put_document(
        invoker.cloud.order.id, paid.model_copy(update={"refunds": (asked,)})
    )
    assert invoker.call("refunder") == {"batchItemFailures": []}
    assert invoker.call("refunder") == {"batchItemFailures": []}
    assert [each.amount.amount_minor for each in invoker.cloud.checkouts.receipts.values()] == [100]
    assert invoker.cloud.orders.events[-1].detail_type == "payment_refunded"


def test_nothing_pending_is_asked_about(invoker: Invoker) -> None:
    assert invoker.call("authorization_poller") == {"decided": 0, "taken_back": 0}


def test_who_has_not_answered_for_a_day_is_reminded(invoker: Invoker) -> None:
    invite(invoker.cloud)
    invoker.cloud.clock.advance(timedelta(days=1))
    assert invoker.call("enrollment_reminder") == {"reminded": 1}


def test_the_clock_reminds_of_payments(invoker: Invoker) -> None:
    invoker.to_the_till()
    assert invoker.call("payment_reminder") == {"reminded": 0}
    invoker.cloud.clock.advance(timedelta(days=1, hours=1))
    assert invoker.call("payment_reminder") == {"reminded": 1}
    told = [event.detail_type for event in invoker.cloud.orders.events]
    assert told[-2:] == ["payment_link_renewed", "payment_reminder_required"]


def test_the_awaited_event_answers_the_wait(invoker: Invoker) -> None:
    invoker.cloud.given(Status.AWAITING_ROUTING, wait=a_wait(WaitName.ENROLLMENT))
    invoker.call("resume")
    assert invoker.cloud.machine.answers == {"token-1": {"status": Status.AWAITING_ROUTING}}


def test_the_patient_is_told(invoker: Invoker) -> None:
    invite(invoker.cloud)
    invoker.call("notification")
    assert len(invoker.cloud.email.sent) == 1


def test_a_letter_that_is_gone_is_not_sent(invoker: Invoker) -> None:
    invoker.cloud.given(Status.DISPENSED)
    assert invoker.call("correspond") == {"batchItemFailures": []}
    assert invoker.cloud.prescribers.received == []


def test_the_event_is_sealed(invoker: Invoker) -> None:
    invoker.call("audit")
    (entry,) = invoker.cloud.audit_trail.chain(RX)
    assert entry.act.action == "intake_received"


def test_what_came_in_is_found_by_its_patient(invoker: Invoker) -> None:
    invoker.cloud.given(Status.RECEIVED, READ[0])
    invoker.call("desk_index")
    born, someone_else = (blind(word, key="k" * 32) for word in ("19790517", "19790518"))
    assert invoker.cloud.desk.under(born, after=None, limit=10) == (RX,)
    assert invoker.cloud.desk.under(someone_else, after=None, limit=10) == ()


def test_the_audit_is_sealed_and_proven(invoker: Invoker) -> None:
    invoker.call("audit")
    digest = invoker.call("audit_digest")
    assert digest["number"] == 1
    assert len(invoker.cloud.vault.files) == 1
    status, body = invoker.ask("audit_api")
    found = json.loads(body)
    assert (status, found["intact"], found["digests"]) == (200, True, 1)


def test_the_outbox_is_published(invoker: Invoker) -> None:
    invoker.call("publisher")
    (envelope,) = invoker.cloud.bus.published
    assert envelope["detail_type"] == "intake_received"


def test_a_pharmacys_change_reaches_the_rosters(invoker: Invoker) -> None:
    invoker.call("rosters")
    ((before, after),) = invoker.cloud.roster_pages.moves
    assert before is not None
    assert after is not None
    assert len(after.licences) == len(before.licences) + 1
