"""The parcels page: where each one is, and a button for each scan the carrier could make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.markup import Html, el
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, button_form, empty

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.shippo_depot import Depot
    from local.sandbox.state import Json

HERE = "/sandbox/parcels"
BUTTONS = (
    ("TRANSIT", "In transit", ""),
    ("OUT_FOR_DELIVERY", "Out for delivery", ""),
    ("DELIVERED", "Deliver", "primary"),
    ("FAILURE", "Fail", "danger"),
    ("RETURNED", "Return", "danger"),
)


class ParcelsPage:
    """GET lists; the buttons post back here."""

    def __init__(self, *, depot: Depot) -> None:
        self._depot = depot

    def routes(self) -> list[Route]:
        return [
            Route("/parcels", self.show, methods=["GET"]),
            Route("/parcels/{number}", self.act, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        found = list(self._depot.parcels_in_care())[:ROWS_MAX]
        cards = [_card(parcel) for parcel in found]
        return page("Parcels", *(cards or [empty("No label was bought yet.")]), here=HERE)

    async def act(self, request: Request) -> Response:
        fields = dict(await form_of(request))
        self._depot.move(request.path_params["number"], fields.get("status", ""))
        return RedirectResponse(HERE, status_code=303)


def _card(parcel: Json) -> Html:
    number = parcel["tracking_number"]
    name = f"{parcel['carrier'].upper()} {number}"
    history = [_scan(scan) for scan in reversed(parcel["tracking_history"])]
    buttons = [
        button_form(f"{HERE}/{number}", label, {"status": status}, style=style)
        for status, label, style in BUTTONS
    ]
    label = parcel["transaction"] and f"/shippo/labels/{parcel['transaction']}.pdf"
    return el(
        "article",
        el("h2", name),
        el("p", f"{parcel['metadata']} ", class_="meta"),
        el("div", *buttons, class_="row", role="group", aria_label=f"Move {name}"),
        el("ol", *history, reversed=True),
        el("p", el("a", "Label (PDF)", href=label)) if label else None,
    )


def _scan(scan: Json) -> Html:
    where = (scan["location"] or {}).get("city") or ""
    words = f" {scan['status_details']} {where} {scan['status_date']}"
    return el("li", badge(scan["status"]), words)
