"""The link: one live at a time, opened once, by the right date of birth."""

from datetime import timedelta

import pytest
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.enrollment.renewal import renew_link
from pharmonico.kit.errors import Gone, Invalid, TooMany

from tests.enrolling import ANOTHER_DAY, BORN_ON, OPS, RX, World, held


def refusal(world: World, token: str) -> str:
    with pytest.raises(Gone) as gone:
        world.open(token)
    return gone.value.code


def renew(world: World, token: str, born_on: object = BORN_ON) -> None:
    renew_link(token, born_on, orders=world.orders, tokens=world.tokens, clock=world.clock)  # type: ignore[arg-type]  # a date in every test


def test_the_right_date_of_birth_opens_a_session() -> None:
    world = World().validated()
    assert world.enter().order_id == RX


def test_a_link_opens_only_once() -> None:
    world = World().validated()
    token = world.invite()
    world.open(token)
    assert refusal(world, token) == "link.used"


def test_a_link_expires_after_half_an_hour() -> None:
    world = World().validated()
    token = world.invite()
    world.clock.advance(timedelta(minutes=30))
    assert refusal(world, token) == "link.expired"


def test_an_unknown_token_is_answered_like_an_expired_one() -> None:
    assert refusal(World().validated(), "guess") == "link.expired"


def test_a_new_link_kills_the_old_one() -> None:
    world = World().validated()
    old, new = world.invite(), world.invite()
    assert refusal(world, old) == "link.replaced"
    assert world.open(new)


def test_a_cancelled_prescription_opens_no_more() -> None:
    world = World().validated()
    token = world.invite()
    cancel(RX, reason="ops", actor=OPS, orders=world.orders, clock=world.clock)
    assert refusal(world, token) == "link.revoked"


def test_a_wrong_date_of_birth_tells_how_many_tries_are_left_and_nothing_else() -> None:
    world = World().validated()
    token = world.invite()
    with pytest.raises(Invalid) as wrong:
        world.open(token, ANOTHER_DAY)
    assert wrong.value.code == "link.birth_date"
    assert wrong.value.detail == "The date of birth does not match; tries left: 4."
    assert world.open(token)


def test_five_wrong_dates_lock_the_link_even_for_the_right_one() -> None:
    world = World().validated()
    token = world.invite()
    for _ in range(4):
        with pytest.raises(Invalid):
            world.open(token, ANOTHER_DAY)
    with pytest.raises(Gone) as fifth:
        world.open(token, ANOTHER_DAY)
    assert fifth.value.code == "link.locked"
    assert refusal(world, token) == "link.locked"
    assert world.enrollment.locked


def test_ops_unlocks_by_sending_a_fresh_link() -> None:
    world = World().validated()
    token = world.invite()
    for _ in range(5):
        with pytest.raises((Invalid, Gone)):
            world.open(token, ANOTHER_DAY)
    assert world.open(world.invite())
    assert not world.enrollment.locked


def test_the_token_is_in_no_event_and_no_record() -> None:
    world = World().validated()
    token = world.invite()
    records = [world.enrollment, *world.notices, *world.orders.events]
    assert all(token not in record.model_dump_json() for record in records)
    assert token not in held(world.tokens)


def test_an_expired_link_and_the_date_of_birth_bring_a_fresh_one() -> None:
    world = World().validated()
    token = world.invite()
    world.clock.advance(timedelta(hours=2))
    renew(world, token)
    world.post()
    assert len(world.email.sent) == 2


def test_a_fresh_link_needs_the_right_date_of_birth_too() -> None:
    world = World().validated()
    token = world.invite()
    world.clock.advance(timedelta(hours=2))
    for _ in range(4):
        with pytest.raises(Invalid):
            renew(world, token, ANOTHER_DAY)
    with pytest.raises(Gone):
        renew(world, token, ANOTHER_DAY)
    with pytest.raises(Gone):
        renew(world, token)
    world.post()
    assert len(world.email.sent) == 1


def test_opening_and_renewing_share_their_five_tries() -> None:
    world = World().validated()
    token = world.invite()
    for _ in range(2):
        with pytest.raises(Invalid):
            world.open(token, ANOTHER_DAY)
        with pytest.raises(Invalid):
            renew(world, token, ANOTHER_DAY)
    with pytest.raises(Gone):
        world.open(token, ANOTHER_DAY)
    assert world.enrollment.locked


def test_fresh_links_are_rate_limited_like_all_others() -> None:
    world = World().validated()
    token = world.invite()
    with pytest.raises(TooMany):
        renew(world, token)


def test_asking_too_often_with_the_right_date_of_birth_locks_nobody_out() -> None:
    world = World().validated()
    token = world.invite()
    for _ in range(7):
        with pytest.raises(TooMany):
            renew(world, token)
    assert world.open(token)
