"""Reminders: on days 1, 3 and 5, once each, and to nobody who need not be asked."""

from datetime import timedelta

import pytest
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.enrollment.enroll import submit
from pharmonico.fulfillment.enrollment.reminding import remind
from pharmonico.fulfillment.order import Hold
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Gone, Invalid

from tests.enrolling import ANOTHER_DAY, RX, World, token_in

DAY = timedelta(days=1)


def tick(world: World) -> int:
    reminded = remind(orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    return reminded


def invited() -> World:
    world = World().validated()
    world.invite()
    return world


def test_a_patient_is_reminded_on_days_one_three_and_five() -> None:
    world = invited()
    reminded_on = []
    for hour in range(7 * 24 + 1):
        reminded_on += [hour // 24] * tick(world)
        world.clock.advance(timedelta(hours=1))
    assert reminded_on == [1, 3, 5]
    assert len(world.email.sent) == 4


def test_just_before_a_day_has_passed_nobody_is_reminded() -> None:
    world = invited()
    world.clock.advance(DAY - timedelta(seconds=1))
    assert tick(world) == 0
    world.clock.advance(timedelta(seconds=1))
    assert tick(world) == 1


def test_nobody_is_urged_about_what_is_on_hold() -> None:
    world = invited()
    hold = Hold(reason="fraud", by="usr_ops", at=world.clock.now())
    order = world.orders.get(RX)
    world.orders.save(order.model_copy(update={"hold": hold}))
    world.clock.advance(DAY)
    assert tick(world) == 0
    order = world.orders.get(RX)
    world.orders.save(order.model_copy(update={"hold": None}))
    assert tick(world) == 1


def test_a_reminder_brings_a_link_that_opens() -> None:
    world = invited()
    world.clock.advance(DAY)
    tick(world)
    assert world.read(world.open(token_in(world.email.sent[-1][1].text))).order_id == RX


def test_after_an_outage_only_the_latest_reminder_goes_out() -> None:
    world = invited()
    world.clock.advance(4 * DAY)
    assert [tick(world), tick(world)] == [1, 0]
    assert world.enrollment.reminded_day == 3


def test_of_two_ticks_at_once_one_reminds() -> None:
    world = invited()
    world.clock.advance(DAY)
    read = world.orders.document

    def slow(order_id: str, kind: type[Enrollment], key: str = "1") -> Enrollment | None:
        """While this tick reads, another one does all its work."""
        known = read(order_id, kind, key)
        world.orders.document = read  # type: ignore[method-assign]  # the race, once
        assert tick(world) == 1
        return known

    world.orders.document = slow  # type: ignore[method-assign,assignment]  # the same
    assert tick(world) == 0
    assert len(world.email.sent) == 2


def test_a_link_that_still_opens_is_not_killed_by_a_reminder() -> None:
    world = invited()
    world.clock.advance(DAY - timedelta(minutes=10))
    token = world.invite()
    world.clock.advance(timedelta(minutes=20))
    assert tick(world) == 0
    world.open(token)
    world.clock.advance(timedelta(minutes=30))
    assert tick(world) == 1


def test_who_was_locked_out_is_left_to_ops() -> None:
    world = World().validated()
    token = world.invite()
    for _ in range(4):
        with pytest.raises(Invalid):
            world.open(token, ANOTHER_DAY)
    with pytest.raises(Gone):
        world.open(token, ANOTHER_DAY)
    world.clock.advance(DAY)
    assert tick(world) == 0


def test_who_has_submitted_is_left_alone() -> None:
    world = invited()
    world.save_all()
    submit(RX, orders=world.orders, clock=world.clock)
    world.clock.advance(5 * DAY)
    assert tick(world) == 0


def test_after_an_expiry_the_days_count_anew() -> None:
    world = invited()
    world.clock.advance(7 * DAY)
    tick(world)
    order = world.orders.get(RX)
    world.orders.save(order.moved(Status.ENROLLMENT_EXPIRED, at=world.clock.now()))
    world.invite()
    world.clock.advance(DAY - timedelta(seconds=1))
    assert tick(world) == 0
    world.clock.advance(timedelta(hours=1))
    assert tick(world) == 1


def test_every_page_of_the_list_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pharmonico.fulfillment.walking.PAGE_SIZE", 1)
    world = invited()
    another = world.orders.get(RX)
    for number in range(3):
        world.orders._orders[f"rx_0{number}"] = another.model_copy(update={"id": f"rx_0{number}"})
        world.orders.put_document(
            f"rx_0{number}", world.enrollment.model_copy(update={"version": 0})
        )
    world.clock.advance(DAY)
    assert remind(orders=world.orders, tokens=world.tokens, clock=world.clock) == 4
