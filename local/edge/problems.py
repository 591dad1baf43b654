"""The edge's own refusals, in the form of the API's."""

from __future__ import annotations

from starlette.responses import JSONResponse

PROBLEM = "application/problem+json"


def problem(
    status: int, code: str, title: str, *, detail: str = "", headers: dict[str, str] | None = None
) -> JSONResponse:
    """An RFC 9457 problem."""
    body = {
        "type": f"/api/errors/{code}",
        "title": title,
        "status": status,
        "code": code,
        "retryable": status in {502, 503, 504},
    }
    if detail:
        body["detail"] = detail
    return JSONResponse(body, status_code=status, headers=headers, media_type=PROBLEM)


def engine_down() -> JSONResponse:
    """Nobody answers behind the edge."""
    return problem(
        503,
        "engine.down",
        "The local engine is not running",
        detail="make up starts it again; what was answered before is kept",
        headers={"Retry-After": "5"},
    )
