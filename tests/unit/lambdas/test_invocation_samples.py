"""`events/invoke`: each function takes its sample and does what it is for."""

from __future__ import annotations

import functools
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp import telecom
from ncpdp.telecom import Answer
from pharmonico.adapters import payer_book, webhook_queue, webhooks
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.desk.terms import blind
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.enrollment.enroll import start_enrollment
from pharmonico.fulfillment.enrollment.links import mint_link
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.fulfillment.enrollment.sessions import open_session
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.notification.contacts import number_key
from pharmonico.fulfillment.notification.inbound import REPLIES
from pharmonico.fulfillment.payment.records import Refund
from pharmonico.fulfillment.shipping.parcels import Scan
from pharmonico.fulfillment.shipping.tracking import parcel_key
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.webhooks.delivery import Delivery
from pharmonico.kit.money import Money
from pharmonico.kit.settings import settings

from infra_cdk.functions import ALL
from local.generate.api_requests import LOCAL_API, PARCEL, PORTAL_TOKEN
from local.generate.invocations import TASKS
from local.seed.payer_plans import PLANS
from local.seed.users import PASSWORD, username
from tests import hooking
from tests.billing import says
from tests.builders import a_wait
from tests.enrolling import CONSENT
from tests.enrolling import a_script as a_contactable_script
from tests.prescribing import a_script, a_validation, an_enrollment
from tests.unit.lambdas.invoking import EXECUTION, RX, Cloud
from tests.unit.staff.conftest import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLES = Path(__file__).parents[3] / "events" / "invoke"
STOPPED = REPLIES["stop", "en"]
READ = (a_script(), a_validation(), an_enrollment())


@dataclass
class Invoker:
    """Calls functions with their samples, all on one cloud."""

    cloud: Cloud
    monkeypatch: pytest.MonkeyPatch

    def call(self, name: str) -> Any:
        handler = import_module(f"functions.{name}.handler")
        self.cloud.wire(handler, self.monkeypatch)
        return handler.lambda_handler(json.loads((SAMPLES / f"{name}.json").read_text()), None)

    def outcome(self, name: str) -> str:
        return str(self.call(name)["outcome"])

    def ask(self, name: str) -> tuple[int, str]:
        """Status and body of an API function's answer."""
        answer = self.call(name)
        return answer["statusCode"], answer["body"]

    def heard(self, name: str) -> str:
        """What came of a webhook."""
        status, body = self.ask(name)
        assert status == 200
        return str(json.loads(body)["outcome"])

    def to_the_till(self) -> None:
        facts = {"pharmacy_id": "ph_0000001", "owner": EXECUTION}
        self.cloud.given(Status.PHARMACY_SELECTED, *READ, **facts)
        assert self.outcome("adjudicate") == "adjudicated"
        assert self.outcome("payment") == "waiting"

    def to_the_carrier(self) -> None:
        self.to_the_till()
        self.cloud.checkouts.pay("cs_1")
        assert self.heard("webhook_stripe") == "paid"
        assert self.outcome("dispense") == "answered"
        assert self.outcome("ship") == "shipped"

    def scanned_as_in_the_samples(self) -> None:
        """The carrier's numbers are its own; the samples name a parcel of theirs."""
        order = self.cloud.order
        assert order.tracking is not None
        tracking = order.tracking.model_copy(update={"carrier": "usps", "number": PARCEL})
        changed = order.changed(at=order.updated_at, tracking=tracking)
        self.cloud.orders.save(changed, parcel=parcel_key("usps", PARCEL))


@pytest.fixture
def invoker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Invoker]:
    monkeypatch.setenv("PORTAL_URL", "https://portal.pharmonico.example")
    settings.cache_clear()
    yield Invoker(Cloud(), monkeypatch)
    settings.cache_clear()


def test_every_function_has_a_sample_and_every_sample_is_called_here() -> None:
    functions = {spec.name for spec in ALL}
    assert {path.stem for path in SAMPLES.glob("*.json")} == functions
    here = Path(__file__).read_text()
    assert {name for name in functions if f'"{name}"' not in here} == set()


@pytest.mark.parametrize(
    ("name", "given", "outcome"),
    [
        ("validate", lambda cloud: cloud.given(Status.RECEIVED, READ[0]), "valid"),
        ("open_wait", lambda cloud: cloud.given(Status.VALIDATED), "waiting"),
        ("route", lambda cloud: cloud.given(Status.AWAITING_ROUTING, *READ), "routed"),
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


def test_ops_sends_another_payment_link(invoker: Invoker) -> None:
    invoker.to_the_till()
    assert invoker.ask("payments_api")[0] == 201
    assert [demand.attempt for demand in invoker.cloud.checkouts.demands] == [1, 2]


def test_ops_sees_a_parcel_in_trouble(invoker: Invoker) -> None:
    invoker.cloud.given(Status.SHIPPING_ISSUE, hold_reason="address.invalid")
    status, body = invoker.ask("shipments_api")
    assert (status, [each["reason"] for each in json.loads(body)["items"]]) == (
        200,
        ["address.invalid"],
    )


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
    assert invoker.call("authorization_poller") == {"decided": 0}


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


def test_who_listens_is_told_of_the_event(
    invoker: Invoker, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = hooked(invoker, monkeypatch)
    invoker.cloud.given(Status.DISPENSED)
    assert invoker.ask("webhooks_api")[0] == 201
    assert invoker.call("webhook_fanout") == {"batchItemFailures": []}
    (task,) = office.dispatch.tasks
    assert office.deliveries.get(task.endpoint_id, task.message_id) is not None


def test_a_webhook_is_sent(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> None:
    office = hooked(invoker, monkeypatch)
    task = TASKS["webhook_sender"]
    ids = {"endpoint_id": task["endpoint_id"]}
    office.endpoints.add(office.registered().model_copy(update={**ids, "version": 0}))
    message = {"message_id": task["message_id"], "event_type": "delivered", "body": "{}"}
    at = invoker.cloud.clock.now()
    office.deliveries.put(Delivery.model_validate({**ids, **message, "created_at": at}))
    assert invoker.call("webhook_sender") == {"batchItemFailures": []}
    assert len(office.receivers.posted) == 1


def test_a_stop_is_heard(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_URL", LOCAL_API)
    settings.cache_clear()
    assert invoker.ask("webhook_twilio") == (
        200,
        f"<Response><Message>{STOPPED}</Message></Response>",
    )
    key = invoker.cloud.keys.signing_key
    stop = invoker.cloud.contacts.stop(number_key("6145550120", key=key))
    assert stop is not None
    assert stop.stopped


def hooked(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> hooking.Office:
    """The stores of webhooks, and a receiver, where the functions look for them."""
    office = hooking.Office(clock=invoker.cloud.clock)
    for name in ("endpoints", "deliveries"):
        monkeypatch.setattr(webhooks, name, functools.partial(getattr, office, name))
    monkeypatch.setattr(webhook_queue, "dispatch", lambda: office.dispatch)
    sender = import_module("functions.webhook_sender.handler")
    monkeypatch.setattr(sender, "receivers", lambda: office.receivers)
    return office


def test_the_audit_is_sealed_and_proven(invoker: Invoker) -> None:
    invoker.call("audit")
    digest = invoker.call("audit_digest")
    assert digest["number"] == 1
    assert len(invoker.cloud.vault.files) == 1
    status, body = invoker.ask("audit_api")
    found = json.loads(body)
    assert (status, found["intact"], found["digests"]) == (200, True, 1)


def test_the_simulated_payer_pays(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payer_book, "book", lambda: MemoryBook(PLANS))
    status, body = invoker.ask("payer_simulator")
    answer = telecom.read_answer(ncpdp.parse(body.encode("latin-1")))
    assert (status, answer.status, answer.patient_pay_minor) == (200, "P", 1000)


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


def test_a_message_is_taken_in(invoker: Invoker) -> None:
    status, body = invoker.ask("intake")
    assert status == 200
    assert "<Status>" in body
    assert len(invoker.cloud.orders.events) == 1


def test_ops_sees_who_awaits_enrollment(invoker: Invoker) -> None:
    invoker.cloud.given(Status.AWAITING_ENROLLMENT)
    status, body = invoker.ask("ops_api")
    assert (status, [row["id"] for row in json.loads(body)["items"]]) == (200, [RX])


def test_ops_sees_how_much_waits_where(invoker: Invoker) -> None:
    invoker.cloud.given(Status.AWAITING_ENROLLMENT)
    status, body = invoker.ask("desk_api")
    tabs = {each["tab"]: each["count"] for each in json.loads(body)["tabs"]}
    assert (status, tabs["enrollment"], tabs["intake"]) == (200, 1, 0)


def test_a_link_opens_the_portal(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(invoker.cloud)
    with monkeypatch.context() as patched:
        patched.setattr(secrets, "token_urlsafe", lambda _: PORTAL_TOKEN)
        mint_link(RX, channel="email", tokens=invoker.cloud.tokens)
    assert invoker.ask("portal_api")[0] == 200


def sign_in(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(cloud)
    with monkeypatch.context() as patched:
        patched.setattr(secrets, "token_urlsafe", lambda _: PORTAL_TOKEN)
        open_session(cloud.order, "email", tokens=cloud.tokens, clock=cloud.clock)


def test_staff_sign_in(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(roles={username("ops"): frozenset({Role.OPS})}, password=PASSWORD)
    monkeypatch.setattr("functions.session_api.password.provider", lambda: pool)
    monkeypatch.setattr("functions.session_api.api.verifier", lambda: pool)
    status, body = invoker.ask("session_api")
    assert (status, json.loads(body)["roles"]) == (200, ["ops"])


def test_a_session_gets_a_form_for_its_photo(
    invoker: Invoker, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(invoker.cloud, monkeypatch)
    assert invoker.ask("card_photos")[0] == 201


def test_a_session_has_its_address_checked(
    invoker: Invoker, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(invoker.cloud, monkeypatch)
    status, body = invoker.ask("address_check")
    assert (status, json.loads(body)["verdict"]) == (200, "suggestion")
    assert json.loads(body)["suggested"]["line1"] == "99 Test Street"


def test_the_health_is_told(invoker: Invoker) -> None:
    status, body = invoker.ask("system_api")
    assert (status, json.loads(body)["status"]) == (200, "ok")


def invite(cloud: Cloud) -> None:
    cloud.given(Status.VALIDATED, a_contactable_script())
    ops = Actor(id="usr_ops", role="ops")
    start_enrollment(RX, actor=ops, orders=cloud.orders, tokens=cloud.tokens, clock=cloud.clock)
