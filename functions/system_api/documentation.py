"""`GET /docs`, `/api/openapi.json` and `/api/errors/{code}`: files that were written at build time.

Pages carry no script and load nothing from elsewhere; their style is a file of our own.
"""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pharmonico.kit.errors import NotFound
from pharmonico.lambdas.http import Action, Api, Response
from pharmonico.lambdas.http import Path as InPath

from functions.system_api.pages import error_index, error_page

TAG = "Documentation"
HTML = "text/html; charset=utf-8"
STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
CACHED = "public, max-age=300"


@cache
def static(name: str) -> str:
    return (STATIC / name).read_text()


@cache
def dictionary() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = json.loads(static("errors.json"))
    return entries


def publish(api: Api) -> None:
    """Hang the routes of the documentation on the API."""

    def page(body: str, media_type: str = HTML) -> Response[str]:
        api.call.answer_headers["Cache-Control"] = CACHED
        api.call.answer_headers["Content-Security-Policy"] = POLICY
        return Response(status_code=200, content_type=media_type, body=body)

    @api.get("/docs", Action.READ_DOCS, tag=TAG, responses=PAGE)
    def read_documentation() -> Response[str]:
        """Read how to use the API: a quickstart, the rules of answering, every operation."""
        return page(static("docs.html"))

    @api.get("/api/docs.css", Action.READ_DOCS, include_in_schema=False)
    def read_style() -> Response[str]:
        return page(static("docs.css"), "text/css; charset=utf-8")

    @api.get("/api/openapi.json", Action.READ_DOCS, tag=TAG, responses=DOCUMENT)
    def read_openapi() -> Response[str]:
        """Read this description."""
        return page(static("openapi.json"), "application/json")

    @api.get("/api/errors", Action.READ_DOCS, tag=TAG, responses=PAGE)
    def list_errors() -> Response[str]:
        """Read the dictionary of every error code."""
        return page(error_index(dictionary()))

    @api.get("/api/errors/<code>", Action.READ_DOCS, tag=TAG, responses=PAGE)
    def read_error(code: Annotated[str, InPath(max_length=100)]) -> Response[str]:
        """Read what an error code means and what to do; the `type` of a problem leads here."""
        entry = dictionary().get(code)
        if entry is None:
            raise NotFound("error.unknown_code", "The dictionary does not know this code.")
        return page(error_page(code, entry))


PAGE = {200: {"description": "A page", "content": {"text/html": {"schema": {"type": "string"}}}}}
DOCUMENT = {
    200: {
        "description": "OpenAPI 3.1",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}
