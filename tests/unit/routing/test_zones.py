"""Our wall clocks against the system's zone data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.kit.zones import ZONES, local_time

MOMENTS = st.integers(1167609600, 2114380800).map(lambda s: datetime.fromtimestamp(s, UTC))
"""From 2007, when the present law came into force, to 2037."""


@given(zone=st.sampled_from(sorted(ZONES)), at=MOMENTS)
def test_any_moment_is_the_same_as_by_the_zone_data(zone: str, at: datetime) -> None:
    expected = at.astimezone(ZoneInfo(zone))
    assert local_time(zone, at) == expected
    assert local_time(zone, at).utcoffset() == expected.utcoffset()


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_every_hour_around_a_change_is_right(zone: str) -> None:
    for day in (datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)):
        for half_hours in range(6 * 24):
            at = day + timedelta(minutes=30 * half_hours)
            assert local_time(zone, at).utcoffset() == at.astimezone(ZoneInfo(zone)).utcoffset()
