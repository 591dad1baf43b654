"""How soon the dashboard shows the list on a slow line and machine; the API is played."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.desk.counting import STATUSES, Counts, StatusCount, Tab, TabCount
from pharmonico.fulfillment.policy import POLICY
from pharmonico.fulfillment.status import Status
from pharmonico.kit.clock import SystemClock

from bench.results import Result, median
from bench.sites import FIRST_PAINT, ROUNDS, WEB, served, slow_down
from local.browser.chromium import chromium, tab
from local.seed.users import username
from local.web.building import build_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from bench.plan import Wanted

ROWS = 50
"""As many as the dashboard asks for at once."""
HALF_AN_HOUR_S, HALF_A_DAY_S = 1_800, 43_200
LIST = "/work/intake"
WATCH_ROWS = """
new MutationObserver((_, watching) => {
  if (!document.querySelector("[data-row-link]")) return;
  watching.disconnect();
  requestAnimationFrame(() => { window.rowsAt = performance.now(); });
}).observe(document, { childList: true, subtree: true });
"""


def measure(wanted: Wanted) -> Iterator[Result]:
    """From an address typed by somebody who is signed in to the frame and to the rows."""
    if not wanted("ops.first_content_ms") and not wanted("ops.first_rows_ms"):
        return
    build_sites(print)
    with served(WEB / "ops" / "dist", "ops", answers()) as address, chromium() as browser:
        times = [first_rows_ms(browser, address) for _ in range(ROUNDS)]
    content, rows = zip(*times, strict=True)
    yield Result("ops.first_content_ms", median(content, digits=0), "ms")
    yield Result("ops.first_rows_ms", median(rows, digits=0), "ms")


def first_rows_ms(browser: Browser, address: str) -> tuple[float, float]:
    """Nothing cached; the API's own time is none of it, its bytes and the line's delays are."""
    with tab(browser) as opened:
        slow_down(opened)
        opened.page.add_init_script(WATCH_ROWS)
        opened.page.goto(address + LIST)
        opened.page.wait_for_function("() => window.rowsAt")
        found = opened.page.evaluate(f"[{FIRST_PAINT}, window.rowsAt]")
        return float(found[0]), float(found[1])


def answers() -> dict[str, Any]:
    """What the API would say to somebody of ops who looks at a full list, by path."""
    return {
        "/api/v1/session": _session(),
        "/api/v1/counts": _counts().model_dump(mode="json"),
        "/api/v1/prescriptions": {"items": [_row(at) for at in range(ROWS)], "next_cursor": "2"},
        "/api/v1/views": {"items": []},
    }


def _session() -> dict[str, Any]:
    return {
        "state": "signed_in",
        "user_id": "usr_measured",
        "username": username("ops"),
        "roles": [Role.OPS],
        "pharmacies": [],
        "may": sorted(action for action, roles in POLICY.items() if Role.OPS in roles),
        "idle_left_s": HALF_AN_HOUR_S,
        "absolute_left_s": HALF_A_DAY_S,
    }


def _counts() -> Counts:
    tabs = [
        TabCount(tab=each, count=ROWS, more=False, statuses=_counted(STATUSES.get(each, ())))
        for each in Tab
    ]
    return Counts(tabs=tabs, counted_at=SystemClock().now())


def _counted(statuses: tuple[Status, ...]) -> list[StatusCount]:
    return [StatusCount(status=each, count=ROWS, more=False) for each in statuses]


def _row(number: int) -> dict[str, Any]:
    at = (SystemClock().now() - timedelta(minutes=number)).isoformat()
    return {
        "id": f"rx_{number:026}",
        "message_id": f"M{number}",
        "status": Status.VALIDATED,
        "patient_id": f"pat_{number}",
        "patient_name": f"Synthetic Patient {number}",
        "drug": "Synthetic drug 5 MG oral tablet",
        "prescriber_name": "Synthetic Prescriber",
        "prescriber_npi": "1970000000",
        "created_at": at,
        "updated_at": at,
        "revision": 1,
        "run": 1,
        "alerts": [],
    }
