"""When it is night where the patient lives."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.fulfillment.notification.contacts import Hours, read_hours
from pharmonico.fulfillment.notification.quiet import ZONES_OF, quiet_until
from pharmonico.kit.zones import ZONES, local_time

NIGHT = Hours(begin=21, end=8)
EAST = "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC TN VA VT WV"
MIDDLE = "AL AR CO IA ID IL KS LA MN MO MS MT ND NE NM OK SD TX UT WI WY"
WEST = "AK AZ AS CA GU HI MP NV OR PR VI WA"
STATES = [*EAST.split(), *MIDDLE.split(), *WEST.split()]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "now", "until"),
    [
        ("OH", "2026-11-20T17:00", None),
        ("OH", "2026-11-21T02:00", "2026-11-21T13:00"),  # 21:00 EST
        ("OH", "2026-11-21T12:59", "2026-11-21T13:00"),
        ("OH", "2026-07-01T12:30", None),  # 8:30 EDT
        ("AZ", "2026-07-01T14:30", "2026-07-01T15:00"),  # 7:30 in Phoenix
        ("CA", "2026-11-21T15:30", "2026-11-21T16:00"),
        ("TX", "2026-11-21T14:30", "2026-11-21T15:00"),  # 8:30 in Dallas, 7:30 in El Paso
        ("HI", "2026-11-21T07:00", "2026-11-21T18:00"),
        (None, "2026-11-21T02:00", "2026-11-21T16:00"),  # from New York's night to Seattle's day
        ("XX", "2026-11-20T17:00", None),
    ],
)
def test_the_night_ends_in_the_morning(state: str | None, now: str, until: str | None) -> None:
    assert quiet_until(utc(now), state, NIGHT) == (utc(until) if until else None)


def test_every_state_has_its_zones() -> None:
    assert set(STATES) == ZONES_OF.keys()
    assert {zone for zones in ZONES_OF.values() for zone in zones} == ZONES.keys()


@given(
    st.sampled_from(STATES),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the bounds have no zone
    st.integers(18, 23),
    st.integers(5, 9),
)
def test_an_sms_never_rings_at_night(state: str, now: datetime, begin: int, end: int) -> None:
    hours = Hours(begin=begin, end=end)
    at = quiet_until(now, state, hours) or now
    assert not any(hours.holds(local_time(zone, at).hour) for zone in ZONES_OF[state])


def test_hours_that_never_end_hold_nothing_back() -> None:
    assert quiet_until(utc("2026-11-21T02:00"), "OH", Hours(begin=8, end=8)) is None
    assert quiet_until(utc("2026-11-21T02:00"), "TX", Hours(begin=0, end=23)) is None


@pytest.mark.parametrize(("text", "hours"), [("21-8", NIGHT), ("", None)])
def test_hours_are_read(text: str, hours: Hours | None) -> None:
    assert read_hours(text) == hours
