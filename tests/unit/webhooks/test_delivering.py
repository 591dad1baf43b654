"""From an event to the receiver's yes, and what happens until then."""

from datetime import UTC, datetime, timedelta

import pytest
from pharmonico.events import fulfillment as happened
from pharmonico.fulfillment.webhooks.delivery import PAUSES_S
from pharmonico.fulfillment.webhooks.endpoint import client_audience, labeler_audience, labeler_of
from pharmonico.fulfillment.webhooks.registering import activate, pause, rotate
from pharmonico.fulfillment.webhooks.replaying import replay_one, replay_since
from pharmonico.fulfillment.webhooks.sending import deliver
from pharmonico.kit.errors import Conflict, Unavailable

from tests.hooking import RX, Office, signature_fits

DOWN = Unavailable("webhook.no_answer", "down")


def test_an_event_arrives_signed_and_thin() -> None:
    office = Office()
    endpoint = office.registered()
    office.happens(happened.PrescriptionCancelled, reason="ops")
    assert office.work() == [None]
    ((url, body, headers),) = office.receivers.posted
    assert (url, signature_fits(endpoint.secrets[0].value, body, headers)) == (endpoint.url, True)
    (message,) = office.received
    assert (message["type"], message["data"]) == (
        "prescription_cancelled",
        {"prescription_id": RX, "status": "dispensed", "reason": "ops"},
    )
    assert office.log(endpoint)[0].status == "delivered"


def test_nobody_hears_what_they_did_not_ask_for_or_what_is_anothers() -> None:
    office = Office()
    office.registered(events=("delivered",))
    office.registered(client_audience("another clinic"))
    office.happens()
    assert office.dispatch.tasks == []


def test_the_maker_of_the_drug_hears_of_it() -> None:
    office = Office()
    maker = office.registered(labeler_audience("00071"))
    office.registered(labeler_audience("00002"))
    office.happens()
    office.work()
    assert [url for url, _, _ in office.receivers.posted] == [maker.url]


@pytest.mark.parametrize(
    ("ndc", "labeler"),
    [("00071015623", "00071"), ("00071-0156-23", "00071"), ("0071015623", None), (None, None)],
)
def test_a_labeler_is_read_from_the_long_form_alone(ndc: str | None, labeler: str | None) -> None:
    assert labeler_of(ndc) == labeler


def test_the_same_event_twice_is_one_message() -> None:
    office = Office()
    endpoint = office.registered()
    event = office.happens()
    office.fan_out(event)
    office.work()
    office.fan_out(event)
    office.work()
    assert len(office.received) == 1
    assert len(office.log(endpoint)) == 1


def test_a_receiver_that_is_down_is_tried_by_the_schedule_and_then_given_up() -> None:
    office = Office()
    endpoint = office.registered()
    office.receivers.answers = [DOWN, 500, 301, *[DOWN] * 10]
    office.happens()
    pauses = []
    while office.dispatch.tasks:
        pauses += office.work()
        office.clock.advance(timedelta(seconds=pauses[-1] or 0))
    assert pauses == [*PAUSES_S, None]
    (given_up,) = office.log(endpoint)
    assert (given_up.status, len(given_up.attempts)) == ("failed", len(PAUSES_S) + 1)
    assert [(each.status, each.problem) for each in given_up.attempts[:3]] == [
        (None, "webhook.no_answer"),
        (500, None),
        (301, None),
    ]
    ids = {headers["webhook-id"] for _, _, headers in office.receivers.posted}
    assert ids == {given_up.message_id}


def test_a_message_that_the_queue_brings_early_rests_again() -> None:
    office = Office()
    office.registered()
    office.receivers.answers = [DOWN]
    office.happens()
    assert office.work() == [5]
    office.clock.advance(timedelta(seconds=2))
    assert office.work() == [3]
    assert len(office.receivers.posted) == 1


def test_a_paused_endpoint_gets_nothing_until_it_is_resumed_and_replayed() -> None:
    office = Office()
    endpoint = office.registered()
    office.happens()
    paused = pause(endpoint, endpoints=office.endpoints)
    office.happens()
    office.work()
    assert office.receivers.posted == []
    assert [each.status for each in office.log(endpoint)] == ["held", "held"]
    active = activate(paused, endpoints=office.endpoints)
    replayed = replay_since(
        active,
        office.clock.now() - timedelta(hours=1),
        office.clock.now() + timedelta(hours=1),
        statuses=("held",),
        deliveries=office.deliveries,
        dispatch=office.dispatch,
    )
    office.work()
    assert (replayed.count, len(office.receivers.posted)) == (2, 2)


def test_who_answers_gone_is_not_called_again() -> None:
    office = Office()
    endpoint = office.registered()
    office.receivers.answers = [410]
    office.happens()
    assert office.work() == [None]
    office.happens()
    office.work()
    assert len(office.receivers.posted) == 1
    found = office.endpoints.get(endpoint.endpoint_id)
    assert found is not None
    assert found.status == "gone"
    with pytest.raises(Conflict):
        replay_one(
            found,
            office.log(endpoint)[0].message_id,
            deliveries=office.deliveries,
            dispatch=office.dispatch,
        )


def test_what_was_delivered_may_be_sent_again_under_its_id() -> None:
    office = Office()
    endpoint = office.registered()
    office.happens()
    old = office.dispatch.tasks[0]
    office.work()
    (sent,) = office.log(endpoint)
    replay_one(endpoint, sent.message_id, deliveries=office.deliveries, dispatch=office.dispatch)
    assert deliver(old, room=office.room) is None
    office.work()
    ids = [headers["webhook-id"] for _, _, headers in office.receivers.posted]
    assert ids == [sent.message_id] * 2


def test_a_replay_takes_the_time_it_was_told_and_no_other() -> None:
    office = Office()
    endpoint = office.registered()
    for _ in range(3):
        office.happens()
        office.clock.advance(timedelta(hours=1))
    office.work()
    noon = office.clock.now() - timedelta(hours=3)
    replayed = replay_since(
        endpoint,
        noon + timedelta(minutes=30),
        noon + timedelta(minutes=90),
        statuses=("delivered",),
        deliveries=office.deliveries,
        dispatch=office.dispatch,
    )
    assert (replayed.count, replayed.more) == (1, False)


def test_a_replay_since_before_all_times_is_one_of_everything() -> None:
    office = Office()
    endpoint = office.registered()
    office.happens()
    office.work()
    replayed = replay_since(
        endpoint,
        datetime(1960, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
        statuses=("delivered",),
        deliveries=office.deliveries,
        dispatch=office.dispatch,
    )
    assert (replayed.count, replayed.more) == (1, False)


def test_a_long_replay_says_that_there_is_more() -> None:
    office = Office()
    endpoint = office.registered()
    for _ in range(105):
        office.happens()
        office.clock.advance(timedelta(seconds=1))
    office.work()
    span = office.clock.now() - timedelta(hours=1), office.clock.now() + timedelta(hours=1)
    counts = []
    for _ in range(2):
        replayed = replay_since(
            endpoint,
            *span,
            statuses=("delivered",),
            deliveries=office.deliveries,
            dispatch=office.dispatch,
        )
        counts.append((replayed.count, replayed.more))
    assert counts == [(100, True), (5, False)]


def test_for_a_day_after_a_rotation_both_secrets_sign() -> None:
    office = Office()
    endpoint = office.registered()
    rotated = rotate(endpoint, endpoints=office.endpoints, clock=office.clock)
    new, old = (secret.value for secret in rotated.secrets)
    assert (old, new != old) == (endpoint.secrets[0].value, True)
    for _ in range(2):
        office.happens()
        office.work()
        office.clock.advance(timedelta(hours=24))
    fits = [
        [signature_fits(secret, body, headers) for secret in (new, old)]
        for _, body, headers in office.receivers.posted
    ]
    assert fits == [[True, True], [True, False]]


def test_a_url_is_registered_once() -> None:
    office = Office()
    office.registered()
    with pytest.raises(Conflict):
        office.registered()
