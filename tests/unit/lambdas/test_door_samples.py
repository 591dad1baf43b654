"""`events/invoke`, the doors: each API function answers its sample, each webhook is sent."""

from __future__ import annotations

import functools
import json
import secrets
from importlib import import_module
from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom
from pharmonico.adapters import payer_book, webhook_queue, webhooks
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.enrollment.links import mint_link
from pharmonico.fulfillment.enrollment.sessions import open_session
from pharmonico.fulfillment.notification.contacts import number_key
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.webhooks.delivery import Delivery
from pharmonico.kit.settings import settings

from local.generate.api_requests import LOCAL_API, PORTAL_TOKEN
from local.generate.invocations import TASKS
from local.seed.payer_plans import PLANS
from local.seed.users import PASSWORD, username
from tests import hooking
from tests.unit.lambdas.calling import STOPPED, Invoker, invite
from tests.unit.lambdas.invoking import RX
from tests.unit.staff.conftest import Pool

if TYPE_CHECKING:
    import pytest

    from tests.unit.lambdas.invoking import Cloud


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


def test_the_simulated_payer_pays(invoker: Invoker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payer_book, "book", lambda: MemoryBook(PLANS))
    status, body = invoker.ask("payer_simulator")
    answer = telecom.read_answer(ncpdp.parse(body.encode("latin-1")))
    assert (status, answer.status, answer.patient_pay_minor) == (200, "P", 1000)


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
