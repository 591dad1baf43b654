"""NCPDP Telecommunication D.0: claims and their answers, in separated fields.

Each name is loaded when it is first asked for. The segments as typed parts are in
`ncpdp.telecom.segments`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncpdp.telecom.answer import Answer, DurAlert, read_answer, read_answers
    from ncpdp.telecom.claim import Claim, DurAnswer, Member, OtherPayer, Route
    from ncpdp.telecom.claim_reading import read_claim, read_member
    from ncpdp.telecom.codes import OTHER_COVERAGES, STATUSES, TABLES
    from ncpdp.telecom.dur import DUR_REASONS, DUR_RESULTS, DUR_SERVICES
    from ncpdp.telecom.framing import parse_telecom, write_telecom
    from ncpdp.telecom.model import Field, Request, RequestHeader, Response, ResponseHeader, Segment
    from ncpdp.telecom.numbers import (
        money_from_text,
        money_to_text,
        quantity_from_text,
        quantity_to_text,
        rate_from_text,
        rate_to_text,
    )
    from ncpdp.telecom.rejects import (
        REJECTS,
        Advice,
        Code,
        Reject,
        advice_for,
        is_retryable,
        reject,
    )
    from ncpdp.telecom.requests import (
        billing_request,
        eligibility_request,
        prior_authorization_request,
        rebill_request,
        reversal_request,
    )
    from ncpdp.telecom.responses import (
        captured_response,
        duplicate_response,
        dur_response,
        eligibility_response,
        paid_response,
        rejected_response,
        respond,
        reversal_response,
        transmission_rejected,
    )
    from ncpdp.telecom.segments import segment_of, typed

__all__ = [
    "DUR_REASONS",
    "DUR_RESULTS",
    "DUR_SERVICES",
    "OTHER_COVERAGES",
    "REJECTS",
    "STATUSES",
    "TABLES",
    "Advice",
    "Answer",
    "Claim",
    "Code",
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
    "advice_for",
    "billing_request",
    "captured_response",
    "duplicate_response",
    "dur_response",
    "eligibility_request",
    "eligibility_response",
    "is_retryable",
    "money_from_text",
    "money_to_text",
    "paid_response",
    "parse_telecom",
    "prior_authorization_request",
    "quantity_from_text",
    "quantity_to_text",
    "rate_from_text",
    "rate_to_text",
    "read_answer",
    "read_answers",
    "read_claim",
    "read_member",
    "rebill_request",
    "reject",
    "rejected_response",
    "respond",
    "reversal_request",
    "reversal_response",
    "segment_of",
    "transmission_rejected",
    "typed",
    "write_telecom",
]
_HOME = {
    "answer": ("Answer", "DurAlert", "read_answer", "read_answers"),
    "claim": ("Claim", "DurAnswer", "Member", "OtherPayer", "Route"),
    "claim_reading": ("read_claim", "read_member"),
    "codes": ("OTHER_COVERAGES", "STATUSES", "TABLES"),
    "dur": ("DUR_REASONS", "DUR_RESULTS", "DUR_SERVICES"),
    "framing": ("parse_telecom", "write_telecom"),
    "model": ("Field", "Request", "RequestHeader", "Response", "ResponseHeader", "Segment"),
    "numbers": (
        "money_from_text",
        "money_to_text",
        "quantity_from_text",
        "quantity_to_text",
        "rate_from_text",
        "rate_to_text",
    ),
    "rejects": ("REJECTS", "Advice", "Code", "Reject", "advice_for", "is_retryable", "reject"),
    "requests": (
        "billing_request",
        "eligibility_request",
        "prior_authorization_request",
        "rebill_request",
        "reversal_request",
    ),
    "responses": (
        "captured_response",
        "dur_response",
        "duplicate_response",
        "eligibility_response",
        "paid_response",
        "rejected_response",
        "respond",
        "reversal_response",
        "transmission_rejected",
    ),
    "segments": ("segment_of", "typed"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(name)
    value: object = getattr(import_module(f"ncpdp.telecom.{module}"), name)
    globals()[name] = value
    return value
