"""POST /payer/claims: a payer to try claims against, D.0 in and D.0 out; never in production."""

from __future__ import annotations

import base64
import json
from typing import Any

import ncpdp
from pharmonico.adapters import payer_book
from pharmonico.kit.clock import SystemClock
from pharmonico.lambdas.failing import discreet
from pharmonico.payer import door

OCTETS, PROBLEM = "application/octet-stream", "application/problem+json"


@discreet
def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    if event["httpMethod"] != "POST":
        return _said(405, PROBLEM, _problem(405, "Claims come by POST."))
    try:
        answer = door.answer(_body(event), book=payer_book.book(), clock=SystemClock())
    except ncpdp.NcpdpError as unreadable:
        return _said(400, PROBLEM, _problem(400, str(unreadable)))
    return _said(200, OCTETS, answer.decode("latin-1"))


def _body(event: dict[str, Any]) -> bytes:
    text = event.get("body") or ""
    return base64.b64decode(text) if event.get("isBase64Encoded") else text.encode("latin-1")


def _problem(status: int, detail: str) -> str:
    return json.dumps({"title": "No claim", "status": status, "detail": detail})


def _said(status: int, kind: str, body: str) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"Content-Type": kind}, "body": body}
