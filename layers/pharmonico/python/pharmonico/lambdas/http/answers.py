"""Answers on their way out: problems, replays, and the headers every answer carries."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from pharmonico.kit.errors import PharmonicoError, StaleRevision, VersionConflict
from pharmonico.lambdas.failing import log_error
from pharmonico.lambdas.http.call import CORRELATION_HEADER
from pharmonico.lambdas.http.errors import Malformed, NotModified, PreconditionFailed
from pharmonico.lambdas.http.guard import JSON
from pharmonico.lambdas.http.problems import (
    MEDIA_TYPE,
    headers_of,
    invalid_request,
    problem_of,
    unexpected,
)
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from pharmonico.lambdas.http.call import Call
    from pharmonico.lambdas.http.idempotency import Answer
    from pharmonico.lambdas.http.rules import Refusal

_BODYLESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


def answer_error(error: Exception, call: Call, refusal: Refusal | None) -> Response[Any]:
    """The one exception handler: whatever was raised leaves as a problem (or as 304)."""
    if isinstance(error, NotModified):
        return Response(status_code=HTTPStatus.NOT_MODIFIED)
    known = _in_our_words(error, call)
    problem = problem_of(known, correlation_id=call.correlation_id)
    logger().info("request refused", status=problem.status, code=problem.code)
    call.answer_headers.pop("ETag", None)
    own_form = refusal(known, call) if refusal else None
    if own_form is not None:
        return own_form
    return Response(
        status_code=problem.status,
        content_type=MEDIA_TYPE,
        body=problem.model_dump_json(),
        headers=headers_of(known),
    )


def _in_our_words(error: Exception, call: Call) -> PharmonicoError:
    if isinstance(error, RequestValidationError):
        return invalid_request(error.errors())
    if isinstance(error, (VersionConflict, StaleRevision)) and call.header("if-match"):
        return PreconditionFailed()
    if isinstance(error, PharmonicoError):
        return error
    log_error(error, "unforeseen error")
    return unexpected()


def json_of(text: str) -> Any:
    """A JSON body; numbers too long or nesting too deep are refused like any other bad JSON."""
    try:
        return json.loads(text or "null")
    except (ValueError, RecursionError) as error:
        raise Malformed("request.not_json", "The body is not valid JSON.") from error


def kept(response: Response[Any], call: Call) -> Answer:
    """What a replay needs to answer the same again."""
    return {
        "status": response.status_code,
        "body": response.body,
        "headers": dict(call.answer_headers),
    }


def rebuilt(answer: Answer, call: Call) -> Response[Any]:
    call.answer_headers.update(answer["headers"])
    return Response(status_code=answer["status"], content_type=JSON, body=answer["body"])


def finished(answer: dict[str, Any], call: Call, *, bodyless: bool) -> dict[str, Any]:
    """The proxy answer with what every answer carries; never stored, never sniffed."""
    headers = answer.setdefault("multiValueHeaders", {})
    common = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        CORRELATION_HEADER: call.correlation_id,
    }
    for name, value in {**common, **call.answer_headers}.items():
        headers[name] = [value]
    answer["body"] = answer["body"] or ""  # a gateway may refuse null
    if bodyless or answer["statusCode"] in _BODYLESS:
        answer |= {"body": "", "isBase64Encoded": False}
    if answer["statusCode"] in _BODYLESS:
        headers.pop("Content-Type", None)
    logger().info("request answered", status=answer["statusCode"])
    return answer
