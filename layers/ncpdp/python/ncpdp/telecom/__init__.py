"""NCPDP Telecommunication D.0: claims and their answers, in separated fields."""

from __future__ import annotations

from ncpdp.telecom.answer import Answer, DurAlert, read_answer, read_answers
from ncpdp.telecom.claim import Claim, DurAnswer, Member, OtherPayer, Route
from ncpdp.telecom.claim_reading import read_claim, read_member
from ncpdp.telecom.framing import parse_telecom, write_telecom
from ncpdp.telecom.model import (
    Field,
    Request,
    RequestHeader,
    Response,
    ResponseHeader,
    Segment,
)
from ncpdp.telecom.numbers import (
    money_from_text,
    money_to_text,
    quantity_from_text,
    quantity_to_text,
)
from ncpdp.telecom.rejects import REJECTS, Advice, Reject, is_retryable, reject
from ncpdp.telecom.requests import billing_request, reversal_request
from ncpdp.telecom.responses import (
    captured_response,
    paid_response,
    rejected_response,
    respond,
    reversal_response,
    transmission_rejected,
)

__all__ = [
    "REJECTS",
    "Advice",
    "Answer",
    "Claim",
    "DurAlert",
    "DurAnswer",
    "Field",
    "Member",
    "OtherPayer",
    "Reject",
    "Request",
    "RequestHeader",
    "Response",
    "ResponseHeader",
    "Route",
    "Segment",
    "billing_request",
    "captured_response",
    "is_retryable",
    "money_from_text",
    "money_to_text",
    "paid_response",
    "parse_telecom",
    "quantity_from_text",
    "quantity_to_text",
    "read_answer",
    "read_answers",
    "read_claim",
    "read_member",
    "reject",
    "rejected_response",
    "respond",
    "reversal_request",
    "reversal_response",
    "transmission_rejected",
    "write_telecom",
]
