"""Reading requests with a limit and answering with JSON: the few lines every provider shares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.sandbox.state import Json

BODY_BYTES_MAX = 2_000_000
FORM_FIELDS_MAX = 500
PAGE_ITEMS_MAX = 500


async def body_of(request: Request) -> bytes:
    """The whole body, or 413 when somebody sends more than any provider would take."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise HTTPException(413, "the sandbox takes at most 2 MB")
    return body


async def form_of(request: Request) -> list[tuple[str, str]]:
    raw = await body_of(request)
    try:
        text = raw.decode()
        return parse_qsl(text, keep_blank_values=True, max_num_fields=FORM_FIELDS_MAX)
    except ValueError as bad:
        raise HTTPException(400, "the form is not readable") from bad


async def json_of(request: Request) -> Json:
    """The JSON object in the body; an empty body counts as an empty object."""
    raw = await body_of(request)
    try:
        parsed = json.loads(raw or b"{}")
    except ValueError as bad:
        raise HTTPException(400, "the body is not JSON") from bad
    if not isinstance(parsed, dict):
        raise HTTPException(400, "the body must be a JSON object")
    return parsed


def limit_of(request: Request, *, usual: int = 100) -> int:
    """`?limit=`, kept between 1 and 500."""
    asked = request.query_params.get("limit", "")
    return min(max(int(asked), 1), PAGE_ITEMS_MAX) if asked.isdigit() else usual
