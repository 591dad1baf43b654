"""RFC 9457 problems: the one place where an error becomes a status and a body.

A problem never carries a value the caller sent: only pointers, codes and our own words.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from pharmonico.kit.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Pending,
    PharmonicoError,
    Rejected,
    StaleRevision,
    TooMany,
    Unauthenticated,
    Unavailable,
    VersionConflict,
)
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http.errors import (
    Malformed,
    MethodNotAllowed,
    PreconditionFailed,
    PreconditionRequired,
    StillRunning,
    TooLarge,
    UnsupportedMedia,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA_TYPE = "application/problem+json"
FIELD_ERRORS_MAX = 50
POINTER_CHARS_MAX = 200
"""Longer than any pointer of ours; an unknown field's name is the caller's own."""

STATUS: dict[type[PharmonicoError], int] = {
    Rejected: 400,
    Malformed: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    Conflict: 409,
    Gone: 410,
    VersionConflict: 412,
    StaleRevision: 412,
    PreconditionFailed: 412,
    TooLarge: 413,
    UnsupportedMedia: 415,
    Invalid: 422,
    PreconditionRequired: 428,
    TooMany: 429,
    PharmonicoError: 500,
    Pending: 503,
    Unavailable: 503,
}
"""The status of every class of errors; a class that is not named takes its parent's."""

_RETRYABLE = (Unavailable, TooMany, StillRunning)


class FieldProblem(BaseModel):
    """One bad field: where it is and what is wrong with it, never what it held."""

    pointer: str = Field(description="JSON pointer into the body, or the parameter's name")
    code: str
    detail: str


class Problem(BaseModel):
    """An error as `application/problem+json`."""

    model_config = ConfigDict(json_schema_extra={"description": "RFC 9457 problem details"})

    type: str = Field(description="Page of this code in the error dictionary")
    title: str
    status: int
    detail: str
    instance: str = Field(description="Names this one request; quote it to support")
    code: str = Field(description="Stable machine-readable code")
    errors: list[FieldProblem] = []
    retryable: bool = Field(description="Whether the same request may work later")


def status_of(error: type[PharmonicoError]) -> int:
    """The status of an error's class, or of the nearest ancestor the table names."""
    return next(STATUS[cls] for cls in error.__mro__ if cls in STATUS)


def problem_of(error: PharmonicoError, *, correlation_id: str) -> Problem:
    status = status_of(type(error))
    fields = error.errors if isinstance(error, Invalid) else ()
    return Problem(
        type=f"{settings().API_URL}/api/errors/{error.code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=error.detail,
        instance=f"urn:pharmonico:request:{correlation_id}",
        code=error.code,
        errors=[_field_problem(error) for error in fields[:FIELD_ERRORS_MAX]],
        retryable=isinstance(error, _RETRYABLE) or status >= HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def _field_problem(error: FieldError) -> FieldProblem:
    pointer = error.pointer[:POINTER_CHARS_MAX]
    return FieldProblem(pointer=pointer, code=error.code, detail=error.detail)


def headers_of(error: PharmonicoError) -> dict[str, str]:
    """The headers a status brings along."""
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": 'Bearer realm="pharmonico"'}
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.allow)}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.retry_after_s)}
    return {"Retry-After": "1"} if isinstance(error, StillRunning | Unavailable) else {}


def unexpected() -> PharmonicoError:
    """What the caller learns of an error nobody foresaw: nothing but the request's id."""
    return PharmonicoError("internal.error", "Something went wrong on our side.")


def invalid_request(errors: Iterable[dict[str, Any]]) -> Rejected:
    """Validation errors as the caller sees them: pointers and codes, never the values."""
    found = list(errors)
    if any(error["type"] == "json_invalid" for error in found):
        return Malformed("request.not_json", "The body is not valid JSON.")
    fields = tuple(_field_error(error) for error in found[:FIELD_ERRORS_MAX])
    return Invalid("request.invalid", "Some fields are missing or malformed.", fields)


def _field_error(error: dict[str, Any]) -> FieldError:
    source, *path = (str(part) for part in error["loc"])
    pointer = "/".join(["", *(_escaped(part) for part in path)])
    place = pointer if source == "body" else f"{source}:{'/'.join(path)}"
    return FieldError(place, f"field.{error['type']}", _plain(error["type"]))


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


_PLAIN = {
    "missing": "This field is required.",
    "extra_forbidden": "This field is not known here.",
    "string_too_short": "This is too short.",
    "string_too_long": "This is too long.",
    "string_pattern_mismatch": "This does not have the expected form.",
    "enum": "This is not one of the allowed values.",
    "literal_error": "This is not one of the allowed values.",
    "less_than_equal": "This is too large.",
    "greater_than_equal": "This is too small.",
}


def _plain(kind: str) -> str:
    """Our own words: the validator's may quote what was sent."""
    return _PLAIN.get(kind, f"This is not valid ({kind.replace('_', ' ')}).")
