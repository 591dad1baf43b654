"""Quiet hours: no SMS at night where the patient lives.

A state with two time zones is quiet while either of them is.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from pharmonico.kit.zones import local_time

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.notification.contacts import Hours

HOURS_OF_A_DAY = 24

_EASTERN, _CENTRAL = "America/New_York", "America/Chicago"
_MOUNTAIN, _PACIFIC = "America/Denver", "America/Los_Angeles"
_OF = {
    (_EASTERN,): "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    (_EASTERN, _CENTRAL): "FL IN KY MI TN",
    (_CENTRAL,): "AL AR IA IL LA MN MO MS OK WI",
    (_CENTRAL, _MOUNTAIN): "KS ND NE SD TX",
    (_MOUNTAIN,): "CO MT NM UT WY",
    (_MOUNTAIN, _PACIFIC): "ID OR",
    (_PACIFIC,): "CA NV WA",
    ("America/Phoenix", _MOUNTAIN): "AZ",  # the Navajo Nation keeps daylight saving time
    ("America/Anchorage", "America/Adak"): "AK",
    ("Pacific/Honolulu",): "HI",
    ("America/Puerto_Rico",): "PR",
    ("America/St_Thomas",): "VI",
    ("Pacific/Pago_Pago",): "AS",
    ("Pacific/Guam",): "GU",
    ("Pacific/Saipan",): "MP",
}
ZONES_OF = MappingProxyType({state: zones for zones, them in _OF.items() for state in them.split()})
"""Federal time zones (49 CFR 71) of states and territories."""

ANYWHERE = (_EASTERN, _PACIFIC)
"""Where nobody knows the state."""


def quiet_until(now: datetime, state: str | None, hours: Hours) -> datetime | None:
    """When the night is over, or None by day."""
    zones = ZONES_OF.get(state or "", ANYWHERE)
    for ahead in range(HOURS_OF_A_DAY + 1):
        at = _full_hour(now, ahead)
        if not any(hours.holds(local_time(zone, at).hour) for zone in zones):
            return at if ahead else None
    return None  # the two nights of a state together leave no day


def _full_hour(now: datetime, ahead: int) -> datetime:
    if not ahead:
        return now
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=ahead)
