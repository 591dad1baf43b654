"""The session behind the cookie, and the code before any PHI."""

from datetime import timedelta

import pytest
from pharmonico.fulfillment.enrollment.codes import confirm_code, request_code, require_code
from pharmonico.fulfillment.enrollment.sessions import PortalSessions, Session, close_session
from pharmonico.kit.errors import Forbidden, Gone, Invalid, TooMany, Unauthenticated

from tests.enrolling import RX, World, code_in, held


def ask_code(world: World, session: Session) -> str:
    request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    return code_in(world.sms.sent[-1][1].sms)


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def test_a_session_ends_after_a_quarter_of_an_hour_of_idling() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    world.clock.advance(timedelta(minutes=14))
    world.read(reference)
    world.clock.advance(timedelta(minutes=14))
    world.read(reference)
    world.clock.advance(timedelta(minutes=15))
    with pytest.raises(Unauthenticated) as over:
        world.read(reference)
    assert over.value.code == "session.expired"


def test_a_session_is_written_again_once_a_minute_at_most() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    world.clock.advance(timedelta(seconds=59))
    assert world.read(reference).renewed_at is None
    world.clock.advance(timedelta(seconds=1))
    assert world.read(reference).renewed_at == world.clock.now()


def test_no_session_outlives_an_hour_however_busy() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    for _ in range(5):
        world.clock.advance(timedelta(minutes=10))
        world.read(reference)
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(Unauthenticated):
        world.read(reference)


def test_the_door_knows_the_patient_by_the_reference_alone() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    sessions = PortalSessions(tokens=world.tokens, clock=world.clock)
    caller = sessions.caller(reference)
    assert caller is not None
    assert (caller.id, caller.prescription_id) == ("pat_01TEST", RX)
    assert sessions.caller("guess") is None
    assert sessions.caller(world.read(reference).digest) is None


def test_a_closed_session_is_over() -> None:
    world = World().validated()
    reference = world.open(world.invite())
    close_session(world.read(reference), tokens=world.tokens)
    with pytest.raises(Unauthenticated):
        world.read(reference)


def test_the_code_goes_by_the_other_channel_than_the_link() -> None:
    world = World().validated()
    session = world.enter()
    code = ask_code(world, session)
    assert session.link_channel == "email"
    confirm_code(session, code, tokens=world.tokens)
    require_code(session, otp="on_phi", phi=True, tokens=world.tokens)


def test_without_a_phone_the_code_comes_by_email() -> None:
    world = World().validated(contact={"email": "jordan.doe@example.org"})
    session = world.enter()
    sent_by = request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    confirm_code(session, code_in(world.email.sent[-1][1].text), tokens=world.tokens)
    assert sent_by == "email"


def test_a_code_is_never_sent_by_the_channel_of_the_link_when_the_other_fails() -> None:
    world = World().validated()
    session = world.enter()
    world.sms.trouble = Invalid("sms.refused", "no")
    request_code(session, orders=world.orders, tokens=world.tokens, clock=world.clock)
    world.post()
    assert len(world.email.sent) == 1


def test_three_wrong_codes_end_the_code() -> None:
    world = World().validated()
    session = world.enter()
    code = ask_code(world, session)
    for _ in range(2):
        with pytest.raises(Invalid, match="tries left"):
            confirm_code(session, wrong(code), tokens=world.tokens)
    with pytest.raises(Gone) as third:
        confirm_code(session, wrong(code), tokens=world.tokens)
    assert third.value.code == "code.tries_used"
    with pytest.raises(Gone):
        confirm_code(session, code, tokens=world.tokens)


def test_a_code_expires_after_ten_minutes() -> None:
    world = World().validated()
    session = world.enter()
    code = ask_code(world, session)
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(Gone) as late:
        confirm_code(session, code, tokens=world.tokens)
    assert late.value.code == "code.expired"


def test_confirming_twice_is_confirming_once() -> None:
    world = World().validated()
    session = world.enter()
    code = ask_code(world, session)
    for _ in range(2):
        confirm_code(session, code, tokens=world.tokens)


def test_codes_are_a_minute_apart() -> None:
    world = World().validated()
    session = world.enter()
    ask_code(world, session)
    with pytest.raises(TooMany) as refusal:
        ask_code(world, session)
    assert refusal.value.code == "code.too_soon"


@pytest.mark.parametrize(
    ("otp", "phi", "asked"),
    [
        ("off", True, False),
        ("on_phi", False, False),
        ("on_phi", True, True),
        ("required", False, True),
    ],
)
def test_the_portal_asks_for_a_code_by_its_rule(otp: str, phi: bool, asked: bool) -> None:
    world = World().validated()
    session = world.enter()
    if not asked:
        require_code(session, otp=otp, phi=phi, tokens=world.tokens)
        return
    with pytest.raises(Forbidden) as refusal:
        require_code(session, otp=otp, phi=phi, tokens=world.tokens)
    assert refusal.value.code == "code.required"


def test_the_code_is_in_no_event_and_no_record() -> None:
    world = World().validated()
    session = world.enter()
    code = ask_code(world, session)
    assert f'"{code}"' not in held(world.tokens)
    assert all(f'"{code}"' not in event.model_dump_json() for event in world.orders.events)
