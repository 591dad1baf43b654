"""Hand a request to the API Gateway and its answer back, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
from starlette.responses import Response

from local.edge.problems import engine_down, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from local.edge.target import Target

BODY_BYTES_MAX = 1_048_576
DRAIN_BYTES_MAX = 16 * BODY_BYTES_MAX  # read and thrown away, so that the client sees the answer
# RFC 9110 §7.6.1: what belongs to one connection is not passed on.
HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
# The engine's own, which AWS would not let through either, and what this server writes itself.
DROPPED_ANSWERS = HOP_BY_HOP | {"content-length", "date", "server"}

Headers = list[tuple[bytes, bytes]]


class BodyTooLargeError(Exception):
    """The request's body passes the limit."""


@dataclass(frozen=True)
class Forwarder:
    """The way to the API."""

    client: httpx.AsyncClient
    target: Target

    async def __call__(self, request: Request) -> Response:
        """The API's answer, or a problem when there is none to be had."""
        base = self.target.api_url()
        if base is None:
            return engine_down()
        try:
            body = await read_body(request)
        except BodyTooLargeError:
            return problem(413, "body.too_large", f"The body is over {BODY_BYTES_MAX} bytes")
        try:
            return await self._send(request, base, body)
        except httpx.TimeoutException:
            return problem(504, "gateway.timeout", "The service took too long")
        except httpx.TransportError:
            return engine_down()

    async def _send(self, request: Request, base: str, body: bytes) -> Response:
        url = httpx.URL(base)
        onward = self.client.build_request(
            request.method,
            url.copy_with(raw_path=url.raw_path + raw_target(request)),
            headers=request_headers(request),
            content=body,
        )
        answer = await self.client.send(onward, stream=True)
        try:
            content = b"".join([part async for part in answer.aiter_raw()])
        finally:
            await answer.aclose()
        response = Response(content, status_code=answer.status_code)
        kept = without(answer.headers.raw, DROPPED_ANSWERS)
        response.raw_headers = [*kept, *_length(response, answer)]
        return response


async def read_body(request: Request) -> bytes:
    """The body, unless it passes the limit; then it is drained first, within reason."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size <= BODY_BYTES_MAX:
            parts.append(part)
        if size > DRAIN_BYTES_MAX:
            break
    if size > BODY_BYTES_MAX:
        raise BodyTooLargeError
    return b"".join(parts)


def raw_target(request: Request) -> bytes:
    """Path and query exactly as they were sent."""
    path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query: bytes = request.scope.get("query_string", b"")
    return path.split(b"?")[0] + (b"?" + query if query else b"")


def request_headers(request: Request) -> Headers:
    """The client's headers, and who it is; Host stays behind, as at CloudFront."""
    client = request.client.host if request.client else ""
    before = request.headers.get("x-forwarded-for")
    chain = f"{before}, {client}" if before else client
    ours = {
        "x-forwarded-for": chain,
        "x-forwarded-host": request.headers.get("host", ""),
        "x-forwarded-proto": request.url.scheme,
        "x-forwarded-port": str(request.url.port or ""),
    }
    dropped = HOP_BY_HOP | {"host", "content-length", *ours}
    kept = without(request.headers.raw, dropped)
    return [*kept, *((name.encode(), value.encode("latin-1")) for name, value in ours.items())]


def without(headers: Iterable[tuple[bytes, bytes]], dropped: set[str]) -> Headers:
    """The headers but those named, and those that Connection names."""
    every = [(name.lower(), value) for name, value in headers]
    named = {
        token.strip().lower()
        for name, value in every
        if name == b"connection"
        for token in value.decode("latin-1").split(",")
    }
    return [(name, value) for name, value in every if name.decode() not in dropped | named]


def _length(response: Response, answer: httpx.Response) -> Headers:
    """A HEAD's answer says how long the body would have been."""
    if answer.request.method == "HEAD" and "content-length" in answer.headers:
        return [(b"content-length", answer.headers["content-length"].encode())]
    return [(b"content-length", str(len(response.body)).encode())]
