"""The sandbox as one Starlette app: providers, control API and pages on one port."""

from __future__ import annotations

import asyncio
import contextlib
import time
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
from local.sandbox.hooks import Hooks, HooksRoutes
from local.sandbox.mailbox import Mailbox
from local.sandbox.pages.hooks import HooksPage
from local.sandbox.pages.prescriber import PrescriberPage
from local.sandbox.pages.wiring import page_routes
from local.sandbox.payer_claims import Claims
from local.sandbox.prescriber import Answering, Prescriber
from local.sandbox.prescriber_desk import Desk
from local.sandbox.recorder import Recorder
from local.sandbox.shippo_depot import Depot
from local.sandbox.shippo_objects import ShippoRefusedError
from local.sandbox.state import State
from local.sandbox.stripe_objects import StripeRefusedError
from local.sandbox.stripe_page import CheckoutPage
from local.sandbox.stripe_till import Till
from local.sandbox.webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.requests import Request

    from local.sandbox.settings import Settings

TICK_S = 0.5


def create_app(settings: Settings, *, data: Path | None = None) -> Starlette:
    """Everything wired; nothing runs before the server's lifespan starts."""
    state = State(data)
    faults = Faults(state=state)
    mailbox = Mailbox(state=state)
    webhooks = Webhooks(state=state, settings=settings)
    till = Till(state=state, webhooks=webhooks, settings=settings)
    depot = Depot(state=state, webhooks=webhooks)
    claims = Claims(state=state)
    control = Control(
        state=state, settings=settings, faults=faults, mailbox=mailbox, webhooks=webhooks
    )
    payments = stripe.Stripe(till=till, state=state, settings=settings)
    switch = payer.Payer(claims=claims, state=state, deployed=settings.payer_url)
    desk = Desk(state=state)
    hooks = Hooks(state=state)
    hearing = HooksRoutes(hooks=hooks)
    answering = Answering(desk=desk, settings=settings, bearer=settings.bearer)
    messages = twilio.Twilio(state=state, mailbox=mailbox, settings=settings)
    sandbox = [
        *control.routes(),
        *StripeControl(till=till, webhooks=webhooks).routes(),
        *ShippoControl(depot=depot, webhooks=webhooks).routes(),
        *PayerControl(claims=claims).routes(),
        *PrescriberControl(desk=desk, answering=answering).routes(),
        *hearing.control(),
        *HooksPage(hooks=hooks, settings=settings).routes(),
        *PrescriberPage(desk=desk, answering=answering).routes(),
        *page_routes(
            state=state,
            mailbox=mailbox,
            till=till,
            depot=depot,
            claims=claims,
            faults=faults,
            webhooks=webhooks,
        ),
    ]
    return Starlette(
        routes=[
            Mount("/stripe", routes=[*payments.routes(), *CheckoutPage(till=till).routes()]),
            Mount("/shippo", routes=shippo.Shippo(depot=depot, settings=settings).routes()),
            Mount("/payer", routes=switch.routes()),
            Mount("/prescriber", routes=Prescriber(desk=desk, settings=settings).routes()),
            Mount("/hooks", routes=hearing.receiving()),
            Mount("/twilio", routes=messages.routes()),
            Mount("/ses", routes=ses.Ses(mailbox=mailbox).routes()),
            Mount("/sandbox", routes=sandbox),
            Route("/", _home),
        ],
        middleware=[Middleware(Recorder, state=state, faults=faults)],
        exception_handlers=_refusals(),
        lifespan=lambda _: _life(state, webhooks, till),
    )


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
