"""The edge's own refusals, in the form of the API's."""

from __future__ import annotations

from starlette.responses import HTMLResponse, JSONResponse

PROBLEM = "application/problem+json"
RETRY_S = 5
AWAY = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{RETRY_S}">
<title>Pharmonico cannot be reached</title>
<main>
<h1>Pharmonico cannot be reached</h1>
<p>This page is asked for again by itself. What was sent before is kept.</p>
</main>
</html>
"""


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
        headers=_later(),
    )


def page_away() -> HTMLResponse:
    """The same for somebody who looks at a site, and stays until it is back."""
    return HTMLResponse(AWAY, status_code=503, headers=_later())


def _later() -> dict[str, str]:
    return {"Retry-After": str(RETRY_S)}
