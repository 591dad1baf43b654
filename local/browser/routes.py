"""Every route of both sites as their routers have them, so that a new one is never forgotten."""

from __future__ import annotations

import re

from local.place import ROOT, LocalError

PORTAL_PAGES = ROOT / "web" / "portal" / "src" / "App.tsx"
OPS_ROUTER = ROOT / "web" / "ops" / "src" / "router.tsx"
OPS_TABS = ROOT / "web" / "ops" / "src" / "views" / "tabs.ts"
NOWHERE = "/nowhere"
"""No route of either site: the page that says so is looked at too."""
PRESCRIPTION = "/prescriptions/$id"
SECTIONS = ("timeline", "timeline&look=table", "messages", "messages&look=raw", "notes")
ASKED = {"/find": "?q=jordan"}


def portal_routes() -> list[str]:
    """The portal's addresses, `NOWHERE` among them."""
    return [*_found(r'<Route path="([^"]+)"', PORTAL_PAGES.read_text()), NOWHERE]


def ops_routes() -> list[str]:
    """The dashboard's routes, with their parameters as `$name`."""
    return _found(r'\bpath: "([^"]+)"', OPS_ROUTER.read_text())


def ops_places(prescription: str) -> list[str]:
    """An address for each route and tab, with every part of one prescription.

    `LocalError` for a route with a parameter that nothing is known for.
    """
    known = {
        "/work/$tab": [f"/work/{tab}" for tab in _found(r'\btab: "(\w+)"', OPS_TABS.read_text())],
        PRESCRIPTION: [f"/prescriptions/{prescription}"],
    }
    places = [place for route in ops_routes() for place in _places(route, known)]
    parts = [f"/prescriptions/{prescription}?section={section}" for section in SECTIONS]
    return [*places, f"/work/intake?open={prescription}", *parts, NOWHERE]


def _places(route: str, known: dict[str, list[str]]) -> list[str]:
    if "$" not in route:
        return [route + ASKED.get(route, "")]
    if route not in known:
        raise LocalError(f"no address is known for the route {route}: say one in {__name__}")
    return known[route]


def _found(pattern: str, text: str) -> list[str]:
    found = re.findall(pattern, text)
    if not found:
        raise LocalError(f"no route looks like {pattern} any more")
    return list(dict.fromkeys(found))
