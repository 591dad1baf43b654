"""The sandbox as one Starlette app: providers, control API and pages on one port."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ncpdp import NcpdpError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Mount, Route

from local.sandbox import payer, ses, shippo, stripe, twilio
from local.sandbox.control import Control
from local.sandbox.control_payer import PayerControl
from local.sandbox.control_prescriber import PrescriberControl
from local.sandbox.control_shippo import ShippoControl
from local.sandbox.control_stripe import StripeControl
from local.sandbox.faults import Faults
from local.sandbox.hooks import Hearing, Hooks
from local.sandbox.mailbox import Mailbox
from local.sandbox.pages.hooks import HooksPage
from local.sandbox.pages.prescriber import PrescriberPage
from local.sandbox.pages.wiring import page_routes
from local.sandbox.payer_claims import Claims
from local.sandbox.payer_switch import Downtime
from local.sandbox.prescriber import Answering, Prescriber
from local.sandbox.prescriber_desk import Desk
from local.sandbox.recorder import Recorder
from local.sandbox.shippo_depot import Depot
from local.sandbox.shippo_objects import ShippoRefusedError
from local.sandbox.state import State
from local.sandbox.stripe_objects import StripeRefusedError
from local.sandbox.stripe_page import CheckoutPage
from local.sandbox.stripe_till import Till
from local.sandbox.twilio_inbound import TwilioInbound
from local.sandbox.webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from local.sandbox.settings import Settings

TICK_S = 0.5


@dataclass(frozen=True, slots=True)
class Cast:
    """Whoever remembers something."""

    settings: Settings
    state: State
    faults: Faults
    mailbox: Mailbox
    webhooks: Webhooks
    till: Till
    depot: Depot
    claims: Claims
    downtime: Downtime
    desk: Desk
    hooks: Hooks


def create_app(settings: Settings, *, data: Path | None = None) -> Starlette:
    """Everything wired; nothing runs before the server's lifespan starts."""
    cast = _cast(settings, State(data))
    return Starlette(
        routes=[
            *_providers(cast),
            Mount("/sandbox", routes=_backstage(cast)),
            Route("/", _home),
        ],
        middleware=[Middleware(Recorder, state=cast.state, faults=cast.faults)],
        exception_handlers=_refusals(),
        lifespan=lambda _: _life(cast.state, cast.webhooks, cast.till),
    )


def _cast(settings: Settings, state: State) -> Cast:
    webhooks = Webhooks(state=state, settings=settings)
    return Cast(
        settings=settings,
        state=state,
        faults=Faults(state=state),
        mailbox=Mailbox(state=state),
        webhooks=webhooks,
        till=Till(state=state, webhooks=webhooks, settings=settings),
        depot=Depot(state=state, webhooks=webhooks),
        claims=Claims(state=state),
        downtime=Downtime(state=state),
        desk=Desk(state=state),
        hooks=Hooks(state=state),
    )


def _providers(cast: Cast) -> list[Mount]:
    """What the product calls, each under the name of whom it plays."""
    state, settings = cast.state, cast.settings
    payments = stripe.Stripe(till=cast.till, state=state, settings=settings)
    switch = payer.Payer(
        claims=cast.claims, downtime=cast.downtime, state=state, deployed=settings.payer_url
    )
    messages = twilio.Twilio(state=state, mailbox=cast.mailbox, settings=settings)
    return [
        Mount("/stripe", routes=[*payments.routes(), *CheckoutPage(till=cast.till).routes()]),
        Mount("/shippo", routes=shippo.Shippo(depot=cast.depot, settings=settings).routes()),
        Mount("/payer", routes=switch.routes()),
        Mount("/prescriber", routes=Prescriber(desk=cast.desk, settings=settings).routes()),
        Mount("/hooks", routes=Hearing(hooks=cast.hooks).receiving()),
        Mount("/twilio", routes=messages.routes()),
        Mount("/ses", routes=ses.Ses(mailbox=cast.mailbox).routes()),
    ]


def _backstage(cast: Cast) -> list[BaseRoute]:
    """The control API and the pages."""
    settings, state, webhooks, desk = cast.settings, cast.state, cast.webhooks, cast.desk
    answering = Answering(desk=desk, settings=settings, bearer=settings.bearer)
    control = Control(
        state=state,
        settings=settings,
        faults=cast.faults,
        mailbox=cast.mailbox,
        webhooks=webhooks,
    )
    return [
        *control.routes(),
        *StripeControl(till=cast.till, webhooks=webhooks).routes(),
        *ShippoControl(depot=cast.depot, webhooks=webhooks).routes(),
        *PayerControl(claims=cast.claims, downtime=cast.downtime).routes(),
        *PrescriberControl(desk=desk, answering=answering).routes(),
        *TwilioInbound(mailbox=cast.mailbox, settings=settings).routes(),
        *Hearing(hooks=cast.hooks).control(),
        *HooksPage(hooks=cast.hooks, settings=settings).routes(),
        *PrescriberPage(desk=desk, answering=answering).routes(),
        *page_routes(
            state=state,
            mailbox=cast.mailbox,
            till=cast.till,
            depot=cast.depot,
            claims=cast.claims,
            downtime=cast.downtime,
            faults=cast.faults,
            webhooks=webhooks,
        ),
    ]


def _refusals() -> dict[Any, Any]:
    """Each provider's way of saying no; starlette types handlers too loosely to be told more."""
    return {
        StripeRefusedError: stripe.answer_refused,
        NcpdpError: payer.answer_unreadable,
        ShippoRefusedError: shippo.answer_refused,
        twilio.TwilioRefusedError: twilio.answer_refused,
        ses.SesRefusedError: ses.answer_refused,
        HTTPException: _answer_problem,
    }


@contextlib.asynccontextmanager
async def _life(state: State, webhooks: Webhooks, till: Till) -> AsyncIterator[None]:
    webhooks.resume()
    clock = asyncio.create_task(_tick(state, till))
    yield
    clock.cancel()
    await webhooks.close()
    state.save()


async def _tick(state: State, till: Till) -> None:
    while True:
        till.expire_due()
        begun = time.monotonic()
        state.save()
        # A large snapshot is written less often, so that saving takes at most a twentieth.
        await asyncio.sleep(max(TICK_S, 20 * (time.monotonic() - begun)))


async def _home(_: Request) -> RedirectResponse:
    return RedirectResponse("/sandbox/")


async def _answer_problem(_: Request, problem: Exception) -> JSONResponse:
    if not isinstance(problem, HTTPException):
        raise problem
    body = {"title": problem.detail, "status": problem.status_code}
    kind = "application/problem+json"
    return JSONResponse(body, problem.status_code, dict(problem.headers or {}), kind)
