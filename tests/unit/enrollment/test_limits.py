"""The limits of links, codes and sessions, each to the second."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
from pharmonico.fulfillment.enrollment.codes import confirm_code, request_code
from pharmonico.fulfillment.enrollment.links import mint_link
from pharmonico.fulfillment.enrollment.renewal import renew_link
from pharmonico.fulfillment.machine.waits import TIMEOUT_S, WaitName
from pharmonico.kit.errors import Gone, Invalid, TooMany, Unauthenticated

from tests.enrolling import ANOTHER_DAY, BORN_ON, RX, World, code_in, held

SECOND = timedelta(seconds=1)


def invited() -> tuple[World, str]:
    world = World().validated()
    return world, world.invite()


def renew(world: World, token: str) -> None:
    renew_link(token, BORN_ON, orders=world.orders, tokens=world.tokens, clock=world.clock)


def test_a_token_is_256_random_bits_of_which_only_the_digest_is_kept() -> None:
    world, token = invited()
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    assert len({mint_link(RX, channel="email", tokens=world.tokens) for _ in range(100)}) == 100
    kept = held(world.tokens)
    assert token not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept


@pytest.mark.parametrize(("age", "opens"), [(30 * 60 - 1, True), (30 * 60, False)])
def test_a_link_lives_for_thirty_minutes(age: int, opens: bool) -> None:
    world, token = invited()
    world.clock.advance(timedelta(seconds=age))
    if opens:
        assert world.read(world.open(token)).order_id == RX
        return
    with pytest.raises(Gone) as gone:
        world.open(token)
    assert gone.value.code == "link.expired"


@pytest.mark.parametrize(("pause", "sends"), [(59, False), (60, True)])
def test_links_are_a_minute_apart(pause: int, sends: bool) -> None:
    world, _ = invited()
    world.clock.advance(timedelta(seconds=pause))
    if sends:
        world.start()
        return
    with pytest.raises(TooMany) as refusal:
        world.start()
    assert (refusal.value.code, refusal.value.retry_after_s) == ("link.too_soon", 60)


def test_five_links_an_hour_and_a_sixth_when_the_hour_is_over() -> None:
    world, _ = invited()
    for _ in range(4):
        world.clock.advance(timedelta(minutes=2))
        world.start()
    world.clock.advance(timedelta(minutes=52) - SECOND)
    with pytest.raises(TooMany) as refusal:
        world.start()
    assert refusal.value.code == "link.too_many"
    world.clock.advance(timedelta(minutes=2))
    world.start()


@pytest.mark.parametrize(("wrong", "opens"), [(4, True), (5, False)])
def test_five_wrong_dates_of_birth_kill_a_link(wrong: int, opens: bool) -> None:
    world, token = invited()
    for _ in range(wrong):
        with pytest.raises((Invalid, Gone)):
            world.open(token, ANOTHER_DAY)
    if opens:
        assert world.read(world.open(token)).order_id == RX
        return
    with pytest.raises(Gone) as gone:
        world.open(token)
    assert gone.value.code == "link.locked"
    assert world.enrollment.locked


def test_wrong_dates_count_wherever_they_are_given() -> None:
    """Asking for a new link is no way to try more dates."""
    world, token = invited()
    for _ in range(2):
        with pytest.raises(Invalid):
            world.open(token, ANOTHER_DAY)
    for _ in range(3):
        with pytest.raises((Invalid, Gone)):
            renew_link(
                token, ANOTHER_DAY, orders=world.orders, tokens=world.tokens, clock=world.clock
            )
    with pytest.raises(Gone) as gone:
        world.open(token)
    assert gone.value.code == "link.locked"


@pytest.mark.parametrize(("age", "renews"), [(7 * 86_400 - 1, True), (7 * 86_400, False)])
def test_a_link_can_be_renewed_by_the_old_one_for_a_week(age: int, renews: bool) -> None:
    world, token = invited()
    world.clock.advance(timedelta(seconds=age))
    if renews:
        renew(world, token)
        world.post()
        assert len(world.email.sent) == 2
        return
    with pytest.raises(Gone) as gone:
        renew(world, token)
    assert gone.value.code == "link.expired"


@pytest.mark.parametrize(("age", "confirms"), [(10 * 60 - 1, True), (10 * 60, False)])
def test_a_code_lives_for_ten_minutes(age: int, confirms: bool) -> None:
    world, token = invited()
    session = world.read(world.open(token))
    request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    code = code_in(world.sms.sent[-1][1].sms)
    world.clock.advance(timedelta(seconds=age))
    if confirms:
        confirm_code(session, code, tokens=world.tokens)
        return
    with pytest.raises(Gone) as gone:
        confirm_code(session, code, tokens=world.tokens)
    assert gone.value.code == "code.expired"


@pytest.mark.parametrize(("idle", "lives"), [(15 * 60 - 1, True), (15 * 60, False)])
def test_a_session_may_idle_for_fifteen_minutes(idle: int, lives: bool) -> None:
    world, token = invited()
    reference = world.open(token)
    world.clock.advance(timedelta(seconds=idle))
    if lives:
        assert world.read(reference).order_id == RX
        return
    with pytest.raises(Unauthenticated):
        world.read(reference)


def test_a_session_ends_after_an_hour_however_busy_it_is() -> None:
    world, token = invited()
    reference = world.open(token)
    for _ in range(5):
        world.clock.advance(timedelta(minutes=10))
        world.read(reference)
    world.clock.advance(timedelta(minutes=10) - SECOND)
    assert world.read(reference).order_id == RX
    world.clock.advance(SECOND)
    with pytest.raises(Unauthenticated):
        world.read(reference)


def test_the_machine_waits_for_a_week() -> None:
    assert TIMEOUT_S[WaitName.ENROLLMENT] == 7 * 86_400
