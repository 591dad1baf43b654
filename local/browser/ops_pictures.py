"""The dashboard's views for pictures: every route of its router, and what opens above them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.status import Status

from local.browser.dashboard import SLOW_MS
from local.browser.routes import NOWHERE, PRESCRIPTION, SECTIONS, ops_places, ops_routes
from local.place import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.browser.dashboard import AtTheDashboard
    from local.browser.showcase import Showcase

S = Status
WORK = "/work/"
STATES: dict[str, tuple[Status, ...]] = {
    "findings": (S.VALIDATION_ISSUE,),
    "enrollment": (S.AWAITING_ENROLLMENT,),
    "ranking": (S.AWAITING_PHARMACY_SELECTION,),
    "rejected": (S.CLAIM_REJECTED,),
    "payment": (S.AWAITING_PAYMENT,),
    "counter": (S.AWAITING_DISPENSE,),
    "parcel": (S.DELIVERY_EXCEPTION, S.IN_TRANSIT),
    "failed": (S.FAILED,),
    "completed": (S.COMPLETED,),
}
"""One prescription for what each stage shows."""


@dataclass(frozen=True)
class View:
    """Where it is, who looks, and what is done before the picture is taken."""

    name: str
    path: str
    role: str = "ops"
    phone: bool = False
    whole: bool = False
    act: Callable[[AtTheDashboard], None] | None = None


def views(day: Showcase) -> list[View]:
    """Every route with an example of it; `LocalError` for one that nothing is known for."""
    known = {
        "/": [],
        "/work/$tab": list(_lists(day)),
        PRESCRIPTION: list(_prescriptions(day)),
        "/find": [View("find", f"/find?q={_somebody(day)}")],
        "/audit": [View("audit", "/audit", "auditor")],
        "/webhooks": [View("webhooks", f"/webhooks?endpoint={day.endpoint}")],
    }
    found: list[View] = []
    for route in ops_routes():
        if route not in known and "$" in route:
            raise LocalError(f"no picture is known for the route {route}: say one in {__name__}")
        plain = View(route.strip("/").replace("/", "-"), route)
        found += known.get(route, [plain])
    return [*found, View("not-found", NOWHERE), *_above(day), *_on_a_phone(day)]


def _lists(day: Showcase) -> Iterator[View]:
    lists = (place for place in ops_places("") if place.startswith(WORK) and "?" not in place)
    for place in lists:
        tab = place.removeprefix(WORK)
        role = "pharmacist" if tab == "dispensing" else "ops"
        yield View(f"list-{tab}", place, role)
    if beside := day.one(S.AWAITING_PAYMENT):
        yield View("list-with-prescription", f"/work/payment?open={beside}")
    yield View("list-failures-of-a-group", "/work/failures", act=_open_details)
    yield View("list-selected", "/work/enrollment", act=_select_some)
    yield View("list-bulk", "/work/enrollment", act=_dry_run)


def _prescriptions(day: Showcase) -> Iterator[View]:
    for name, statuses in STATES.items():
        if prescription := day.one(*statuses):
            role = "pharmacist" if name == "counter" else "ops"
            yield View(f"rx-{name}", f"/prescriptions/{prescription}", role, whole=True)
    if whole := day.one(S.COMPLETED, S.IN_TRANSIT):
        for section in SECTIONS:
            name = section.replace("&look=", "-")
            yield View(f"rx-{name}", f"/prescriptions/{whole}?section={section}", whole=True)


def _above(day: Showcase) -> Iterator[View]:
    yield View("quick-find", "/work/intake", act=lambda me: _quick_find(me, _somebody(day)))
    yield View("shortcuts", "/work/intake", act=_shortcuts)


def _on_a_phone(day: Showcase) -> Iterator[View]:
    """Where somebody on call looks first."""
    yield View("phone-list", "/work/enrollment", phone=True)
    yield View("phone-failures", "/work/failures", phone=True)
    if prescription := day.one(S.CLAIM_REJECTED, S.AWAITING_PAYMENT):
        yield View("phone-rx", f"/prescriptions/{prescription}", phone=True)


def _somebody(day: Showcase) -> str:
    return day.played[0].case.patient.last_name


def _open_details(me: AtTheDashboard) -> None:
    group = me.page.locator("main details summary").first
    if group.is_visible():
        group.click()
        me.page.locator("main details a").first.wait_for(timeout=SLOW_MS)


def _select_some(me: AtTheDashboard) -> None:
    boxes = me.page.locator("tbody").get_by_role("checkbox")
    boxes.first.wait_for(timeout=SLOW_MS)
    for place in range(min(3, boxes.count())):
        boxes.nth(place).check()


def _dry_run(me: AtTheDashboard) -> None:
    _select_some(me)
    dialog = me.open("Do something with them")
    dialog.get_by_label("What").select_option("hold")
    dialog.get_by_label("Why").fill("A lot of the maker is being recalled.")
    dialog.get_by_role("button", name="See what would happen").click()
    dialog.get_by_role("status").get_by_text("found").wait_for(timeout=SLOW_MS)


def _quick_find(me: AtTheDashboard, name: str) -> None:
    me.page.keyboard.press("Control+k")
    me.page.get_by_role("combobox").fill(name)
    me.page.get_by_role("option", name=re.compile(f"^[^“]*{name}")).first.wait_for(timeout=SLOW_MS)


def _shortcuts(me: AtTheDashboard) -> None:
    me.page.keyboard.press("?")
    me.page.get_by_role("dialog").get_by_text("Find anything").wait_for()
