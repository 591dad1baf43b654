"""The edge as one application: which host and path goes where, with the production headers."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from infra_cdk.site_headers import api_headers, site_headers
from local.edge.forward import Forwarder, raw_target
from local.edge.problems import problem
from local.edge.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from local.edge.target import Target

SITES = {"portal.localhost": "portal", "ops.localhost": "ops"}
API_FOLDERS = ("/api/", "/webhook/")
API_PATHS = {"/health", "/metrics", "/docs"}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
TIMEOUT_S = 35.0  # the gateway gives a function 29
CONNECTIONS_MAX = 100


def create_app(target: Target) -> Starlette:
    """The application; its client opens and closes with the server's lifespan."""
    client = httpx.AsyncClient(
        timeout=TIMEOUT_S,
        trust_env=False,
        limits=httpx.Limits(max_connections=CONNECTIONS_MAX),
    )
    forward, serve_site = Forwarder(client, target), Site(client, target)

    async def answer(request: Request) -> Response:
        site = SITES.get(request.headers.get("host", "").partition(":")[0])
        if is_api(request.url.path) and not leads_out(raw_target(request).decode("latin-1")):
            return secured(await forward(request), api_headers(), keep="content-security-policy")
        if site and not leads_out(request.scope["path"]):
            return secured(await serve_site(request, site), site_headers(target.engine_url))
        return secured(not_here(), api_headers())

    async def no_route(_: Request, __: Exception) -> Response:
        return secured(not_here(), api_headers())

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with client:
            yield

    return Starlette(
        routes=[Route("/edge/health", health), Route("/{path:path}", answer, methods=METHODS)],
        exception_handlers={404: no_route},  # a line break in the path fits no route
        lifespan=lifespan,
    )


def is_api(path: str) -> bool:
    """Whether the API answers this path, as the distributions' behaviours have it."""
    return path in API_PATHS or path.startswith(API_FOLDERS)


def leads_out(path: str) -> bool:
    """Whether a path climbs: followed, it would reach every bucket and service of the engine."""
    return not {".", ".."}.isdisjoint(path.replace("\\", "/").partition("?")[0].split("/"))


def not_here() -> Response:
    """The bare address is for API clients; the sites have hosts of their own."""
    detail = "the API is under /api, described at /docs; the sites are at portal. and ops.localhost"
    return problem(404, "route.unknown", "There is no such route", detail=detail)


def secured(response: Response, headers: dict[str, str], *, keep: str = "") -> Response:
    """The answer with the production headers; one may stand as the function wrote it."""
    for name, value in headers.items():
        if name.lower() != keep or name not in response.headers:
            response.headers[name] = value
    return response
