"""Serve a site's files out of its bucket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
from starlette.responses import Response

from local.edge.problems import engine_down, page_away, problem

if TYPE_CHECKING:
    from starlette.requests import Request

    from local.edge.target import Target

PASSED_ON = ("if-none-match", "if-modified-since")
PASSED_BACK = ("content-type", "cache-control", "etag", "last-modified")
MISSING = {403, 404}
PAGE = "index.html"


@dataclass(frozen=True)
class Site:
    """The files of one site at a time, by the name of the site."""

    client: httpx.AsyncClient
    target: Target

    async def __call__(self, request: Request, site: str) -> Response:
        """The file, or the one page for the address of a view."""
        if request.method not in {"GET", "HEAD"}:
            return problem(405, "method.wrong", "A site is only read", headers={"Allow": "GET"})
        bucket = self.target.bucket(site)
        if bucket is None:
            return problem(503, "site.missing", f"The site {site} is not deployed")
        file = file_of(request.url.path)
        url = f"{self.target.engine_url}/{bucket}/{quote(file)}"
        asked = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        try:
            answer = await self.client.request(request.method, url, headers=asked)
        except httpx.TransportError:
            return page_away() if file == PAGE else engine_down()
        if answer.status_code in MISSING:
            return problem(404, "file.missing", "There is no such file")
        kept = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
        return Response(answer.content, status_code=answer.status_code, headers=kept)


def file_of(path: str) -> str:
    """A view's address has no extension: it is the one page's to show."""
    name = path.lstrip("/")
    return name if "." in name.rpartition("/")[2] else PAGE
