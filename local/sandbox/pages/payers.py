"""The payers page: their plans, a switch for each one's host, and what members have paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from local.sandbox.http import form_of
from local.sandbox.markup import Html, el
from local.sandbox.money import dollars
from local.sandbox.pages.layout import page
from local.sandbox.pages.parts import ROWS_MAX, badge, button_form, empty, table
from local.sandbox.payer_sums import sums
from local.seed.payer_plans import PLANS

if TYPE_CHECKING:
    from pharmonico.payer.plans import Plan, Share
    from starlette.requests import Request
    from starlette.responses import Response

    from local.sandbox.payer_claims import Claims
    from local.sandbox.payer_sums import Sum
    from local.sandbox.payer_switch import Downtime

HERE = "/sandbox/payers"
PLAN_HEADS = ("Plan", "BIN", "PCN", "Group", "Kind", "Patient pays", "Limits", "Host", "Action")
MEMBER_HEADS = (
    "Member",
    "BIN",
    "PCN",
    "Fills paid",
    "Plan paid",
    "Member owes",
    "Of it deductible",
)
NOTE = "Sums of the answers that passed the switch; what was taken back counts for nothing."


class PayersPage:
    """GET shows plans and members; POST switches a payer's host off and on."""

    def __init__(self, *, claims: Claims, downtime: Downtime) -> None:
        self._claims = claims
        self._downtime = downtime

    def routes(self) -> list[Route]:
        return [
            Route("/payers", self.show, methods=["GET"]),
            Route("/payers/down", self.down, methods=["POST"]),
            Route("/payers/up", self.up, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        plans = [self._plan(plan) for plan in PLANS]
        members = [_member(one) for one in sums(self._claims.newest())[:ROWS_MAX]]
        return page(
            "Payers",
            table("Plans", PLAN_HEADS, plans),
            el("p", NOTE, class_="note"),
            table("Members", MEMBER_HEADS, members) if members else empty("No claim arrived yet."),
            here=HERE,
        )

    async def down(self, request: Request) -> Response:
        fields = dict(await form_of(request))
        self._downtime.begin(fields.get("bin", ""), fields.get("code", "92"))
        return RedirectResponse(HERE, status_code=303)

    async def up(self, request: Request) -> Response:
        self._downtime.end(dict(await form_of(request)).get("bin", ""))
        return RedirectResponse(HERE, status_code=303)

    def _plan(self, plan: Plan) -> list[object]:
        code = self._downtime.code_of(plan.bin)
        group = "any" if plan.group == "*" else plan.group
        kind = plan.kind.replace("_", " ") + (f" ({plan.programme})" if plan.programme else "")
        host = badge("up") if code is None else badge("failed", prefix=f"{code}: ")
        cells = [plan.name, plan.bin, plan.pcn, group, kind, _shares(plan), _limits(plan), host]
        return [*cells, _switch(plan, code)]


def _switch(plan: Plan, code: str | None) -> Html:
    """A host answers for all plans of its BIN."""
    if code is not None:
        return button_form(f"{HERE}/up", f"Bring {plan.bin} up", {"bin": plan.bin})
    return button_form(f"{HERE}/down", f"Take {plan.bin} down", {"bin": plan.bin, "code": "92"})


def _shares(plan: Plan) -> str:
    words = [_tier(tier, share) for tier, share in plan.tiers.items()]
    if plan.discount_percent:
        words.append(f"{plan.discount_percent}% off")
    return "; ".join(words) or "nothing"


def _tier(tier: str, share: Share) -> str:
    amount = f"{share.percent}%" if share.percent else dollars(share.copay_minor)
    most = f" up to {dollars(share.most_minor)}" if share.most_minor is not None else ""
    return f"{'every tier' if tier == '*' else tier}: {amount}{most}"


def _limits(plan: Plan) -> str:
    known = (
        ("deductible", plan.deductible_minor),
        ("out of pocket", plan.out_of_pocket_max_minor),
        ("card per fill", plan.cap_fill_minor),
        ("card per year", plan.cap_year_minor),
    )
    return "; ".join(f"{name} {dollars(minor)}" for name, minor in known if minor) or "none"


def _member(one: Sum) -> list[object]:
    money = (one.plan_minor, one.patient_minor, one.deductible_minor)
    return [one.member_id, one.bin, one.pcn, one.fills, *map(dollars, money)]
