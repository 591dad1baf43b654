"""What patients wish, and what a STOP stops."""

from datetime import timedelta
from typing import Any

import pytest
from pharmonico.events.envelope import Event
from pharmonico.events.fulfillment import Delivered
from pharmonico.fulfillment.enrollment.codes import request_code
from pharmonico.fulfillment.notification.contacts import Hours, Wishes, number_key
from pharmonico.fulfillment.notification.notices import QuietHours, notify
from pharmonico.fulfillment.notification.ways import remember_stop
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected, Unavailable

from tests.enrolling import RX, World

PATIENT = "pat_01TEST"
NIGHT = Hours(begin=21, end=8)
EVENING = timedelta(hours=10)  # noon UTC is eight in Columbus, ten hours later it is 18:00


def invited(**wishes: Any) -> World:
    world = World().validated()
    if wishes:
        world.contacts.put_wishes(Wishes(patient_id=PATIENT, **wishes))
    world.start()
    return world


def stop(world: World, *, stopped: bool = True) -> None:
    remember_stop("+1 614 555-0120", stopped=stopped, manners=world.desk.manners, clock=world.clock)


def told(world: World) -> tuple[int, int]:
    """E-mails and SMS so far."""
    return len(world.email.sent), len(world.sms.sent)


def delivered(world: World) -> Event[Any]:
    """The parcel has arrived."""
    before = world.orders.get(RX)
    after = world.orders.save(before.changed(at=world.clock.now(), status=Status.DELIVERED))
    return record(Delivered, after, before=before, clock=world.clock)


@pytest.mark.parametrize(
    ("channels", "counts"), [("email", (1, 0)), ("sms", (0, 1)), ("both", (1, 0))]
)
def test_the_wished_channel_is_taken(channels: str, counts: tuple[int, int]) -> None:
    world = invited(channels=channels)
    world.post()
    assert told(world) == counts


def test_both_means_both_where_no_link_opens_but_once() -> None:
    world = invited(channels="both")
    assert notify(delivered(world), desk=world.desk) == "email"
    assert told(world) == (1, 1)


def test_the_other_takes_over_when_the_wished_one_fails() -> None:
    world = invited(channels="sms")
    world.sms.trouble = Unavailable("sms.unavailable", "down")
    world.post()
    assert told(world) == (1, 0)


def test_both_means_both_even_if_one_is_late() -> None:
    world = invited(channels="both")
    world.sms.trouble = Unavailable("sms.unavailable", "down")
    event = delivered(world)
    with pytest.raises(Unavailable):
        notify(event, desk=world.desk)
    world.sms.trouble = None
    notify(event, desk=world.desk)
    assert told(world) == (1, 1)


def test_the_wished_language_is_spoken() -> None:
    world = invited(language="es")
    world.post()
    assert "Su clínica" in world.email.sent[0][1].text


def test_after_stop_there_is_no_sms_but_a_mail() -> None:
    world = invited(channels="sms")
    stop(world)
    world.post()
    assert told(world) == (1, 0)
    problems = {notice.channel: notice.problem for notice in world.notices}
    assert problems == {"sms": "sms.stopped", "email": None}


def test_start_takes_a_stop_back() -> None:
    world = invited(channels="sms")
    stop(world)
    stop(world, stopped=False)
    world.post()
    assert told(world) == (0, 1)


def test_a_stop_that_the_provider_knows_is_remembered() -> None:
    world = invited(channels="sms")
    world.sms.trouble = Rejected("sms.stopped", "unsubscribed")
    world.post()
    known = world.contacts.stop(number_key("6145550120", key="k" * 32))
    assert known is not None
    assert known.stopped


def test_a_code_takes_the_other_way_when_the_phone_has_stopped() -> None:
    world = World().validated()
    session = world.enter()
    stop(world)
    request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    assert told(world) == (2, 0)


def test_at_night_a_mail_goes_and_an_sms_rests() -> None:
    world = World(quiet=NIGHT).validated()
    world.contacts.put_wishes(Wishes(patient_id=PATIENT, channels="both"))
    world.clock.advance(EVENING + timedelta(hours=4))
    world.start()
    event = delivered(world)
    with pytest.raises(QuietHours) as rests:
        notify(event, desk=world.desk)
    assert told(world) == (1, 0)
    world.clock.advance(rests.value.until - world.clock.now())
    notify(event, desk=world.desk)
    assert told(world) == (1, 1)


def test_the_patients_own_hours_count_for_more() -> None:
    world = World(quiet=NIGHT).validated()
    world.contacts.put_wishes(
        Wishes(patient_id=PATIENT, channels="sms", quiet=Hours(begin=17, end=19))
    )
    world.clock.advance(EVENING)
    world.start()
    with pytest.raises(QuietHours):
        notify(world.orders.events[0], desk=world.desk)


def test_a_code_is_sent_at_any_hour() -> None:
    world = World(quiet=NIGHT).validated()
    session = world.enter()
    world.clock.advance(timedelta(minutes=5))
    world.quiet = Hours(begin=0, end=23)
    request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    assert told(world) == (1, 1)
