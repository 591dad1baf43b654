"""All page routes in one list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from local.sandbox.pages import magic, messages
from local.sandbox.pages.checkouts import CheckoutsPage
from local.sandbox.pages.claims import ClaimsPage
from local.sandbox.pages.mailbox import MailboxPage
from local.sandbox.pages.parcels import ParcelsPage
from local.sandbox.pages.payers import PayersPage
from local.sandbox.pages.traffic import TrafficPage
from local.sandbox.pages.trouble import TroublePage

if TYPE_CHECKING:
    from local.sandbox.faults import Faults
    from local.sandbox.mailbox import Mailbox
    from local.sandbox.payer_claims import Claims
    from local.sandbox.payer_switch import Downtime
    from local.sandbox.shippo_depot import Depot
    from local.sandbox.state import State
    from local.sandbox.stripe_till import Till
    from local.sandbox.webhooks import Webhooks

STATIC = Path(__file__).parent / "static"


def page_routes(
    *,
    state: State,
    mailbox: Mailbox,
    till: Till,
    depot: Depot,
    claims: Claims,
    downtime: Downtime,
    faults: Faults,
    webhooks: Webhooks,
) -> list[BaseRoute]:
    return [
        *MailboxPage(state=state, mailbox=mailbox).routes(),
        *CheckoutsPage(till=till).routes(),
        *ParcelsPage(depot=depot).routes(),
        *ClaimsPage(claims=claims).routes(),
        *PayersPage(claims=claims, downtime=downtime).routes(),
        *TrafficPage(state=state, webhooks=webhooks).routes(),
        *TroublePage(faults=faults).routes(),
        *magic.ROUTES,
        *messages.ROUTES,
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
