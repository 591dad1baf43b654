"""The payer's switch: D.0 bytes in, D.0 bytes out, for B1, B2, B3 and E1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
from ncpdp import telecom
from ncpdp.telecom import Answer
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.sandbox import payer_claims
from local.sandbox.http import body_of
from local.sandbox.payer_plans import Plan, find_plan, price, read_plans
from local.sandbox.payer_rules import HOST_DOWN, broken_fields, magic_refusal
from local.sandbox.state import token

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.payer_claims import Claims
    from local.sandbox.state import Json

OCTETS = "application/octet-stream"
HOST_UNAVAILABLE = "92"
NOT_COVERED = "65"
NOT_PROCESSED = "85"
NOT_A_CLAIM = "The switch takes Telecommunication D.0 requests."


async def answer_unreadable(_: Request, unreadable: Exception) -> JSONResponse:
    body = {"title": "This is not a readable D.0 request.", "detail": str(unreadable)}
    return JSONResponse(body | {"status": 400}, 400, media_type="application/problem+json")


class Payer:
    """POST /payer/claims; one answer per transaction of the request."""

    def __init__(self, *, claims: Claims) -> None:
        self._claims = claims
        self._plans = read_plans()

    def routes(self) -> list[Route]:
        return [Route("/claims", self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        raw = await body_of(request)
        asked = ncpdp.parse(raw)
        if not isinstance(asked, telecom.Request):
            raise ncpdp.UnsupportedMessage(NOT_A_CLAIM, code="telecom.not_a_request")
        count = max(len(asked.transactions), 1)
        claims = [self._claims.of(asked, index) for index in range(count)]
        answers = [self._decide(asked, index, claim) for index, claim in enumerate(claims)]
        written = ncpdp.write(_response(asked, answers))
        for claim, answer in zip(claims, answers, strict=True):
            payer_claims.note(claim, asked.type, answer, request=raw, response=written)
        return Response(written, media_type=request.headers.get("content-type", OCTETS))

    def _decide(self, asked: telecom.Request, index: int, claim: Json) -> Answer:
        if asked.type == "B2":
            return payer_claims.reverse(claim)
        if asked.type == "E1":
            return self._eligible(asked, index)
        if asked.type not in ("B1", "B3"):
            return Answer(status="R", rejects=(NOT_PROCESSED,))
        if asked.type == "B3":
            payer_claims.reverse(claim)
        if claim["paid"] is not None:
            return payer_claims.duplicate(claim)
        answer = self._bill(asked, index, claim)
        if answer.is_paid:
            payer_claims.pay(claim, answer)
        return answer

    def _bill(self, asked: telecom.Request, index: int, known: Json) -> Answer:
        member, claim = telecom.read_member(asked, index), telecom.read_claim(asked, index)
        plan = self._plan(asked, member)
        if not isinstance(plan, Plan):
            return Answer(status="R", rejects=(plan,))
        broken = broken_fields(asked.header, member, claim)
        if broken:
            return Answer(status="R", rejects=broken)
        if member.cardholder_id.endswith(HOST_DOWN) and not known["was_down"]:
            known["was_down"] = True
            return Answer(status="R", rejects=(HOST_UNAVAILABLE,))
        refusal = magic_refusal(member.cardholder_id, claim)
        return refusal or price(
            plan, claim, member_id=member.cardholder_id, authorization=_authorization()
        )

    def _eligible(self, asked: telecom.Request, index: int) -> Answer:
        member = telecom.read_member(asked, index)
        plan = self._plan(asked, member)
        if not isinstance(plan, Plan):
            return Answer(status="R", rejects=(plan,))
        if member.cardholder_id.endswith("0065"):
            return Answer(status="R", rejects=(NOT_COVERED,))
        return Answer(status="A", authorization_number=_authorization(), message=plan.name)

    def _plan(self, asked: telecom.Request, member: telecom.Member) -> Plan | str:
        header = asked.header
        bin_, pcn = header.bin.strip(), header.pcn.strip()
        return find_plan(self._plans, bin_=bin_, pcn=pcn, group=member.group_id)


def _response(asked: telecom.Request, answers: list[Answer]) -> telecom.Response:
    """A host that is down refuses the transmission as a whole."""
    if any(HOST_UNAVAILABLE in answer.rejects for answer in answers):
        return telecom.transmission_rejected(asked, (HOST_UNAVAILABLE,), "HOST UNAVAILABLE")
    return telecom.respond(asked, *answers)


def _authorization() -> str:
    return token("SBX", 6).upper()
