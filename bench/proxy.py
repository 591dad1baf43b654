"""`python -m bench.proxy --port N --engine URL`: stands before the engine and counts.

The functions talk to it instead of the engine, so what is counted is theirs alone: not the
engine's own work, and not what the bench reads to see how far a prescription is.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import httpx
from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench import counting
from local.edge.forward import DROPPED_ANSWERS, HOP_BY_HOP, raw_target, without
from local.place import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hypercorn.typing import ASGIFramework
    from starlette.requests import Request

COUNTS = "/_bench/counts"
OWN = "/_of/"
"""Before the path: the function whose address this is."""
TIMEOUT_S = 60
METHODS = ["GET", "PUT", "POST", "DELETE", "HEAD"]
DROPPED_ASKED = HOP_BY_HOP | {"content-length", "host"}


class Counting:
    """The engine's AWS door, with a tally of what went through it."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self.tally: Counter[str] = Counter()
        self._client = httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False)

    def app(self) -> Starlette:
        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self._client:
                yield

        counts = Route(COUNTS, self.counts, methods=["GET", "DELETE"])
        everything = Route("/{path:path}", self.forward, methods=METHODS)
        return Starlette(routes=[counts, everything], lifespan=lifespan)

    async def counts(self, request: Request) -> JSONResponse:
        """The tally so far; DELETE starts a new one."""
        so_far = dict(self.tally)
        if request.method == "DELETE":
            self.tally.clear()
        return JSONResponse(so_far)

    async def forward(self, request: Request) -> Response:
        """Pass the request on, and note what it was."""
        service, action = counting.operation(request.method, dict(request.headers))
        asked = counting.asking_for_capacity(service, await request.body())
        function, path = caller_of(raw_target(request))
        target = httpx.URL(self._engine).copy_with(raw_path=path)
        headers = without(request.headers.raw, DROPPED_ASKED)
        answer = await self._client.request(request.method, target, headers=headers, content=asked)
        self.tally[f"{service}.{action}"] += 1
        self.tally[f"{counting.TRIPS_OF}{function}"] += 1
        if service == "dynamodb":
            count = counting.units if answer.is_success else counting.refused_units
            units = count(action, asked, answer.content)
            self.tally.update(units)
            self.tally[f"{counting.WRITES_OF}{function}"] += units[counting.WRITE_UNITS]
            self.tally[f"{counting.READS_OF}{function}"] += units[counting.READ_UNITS]
        self.tally[counting.EVENT_ENTRIES] += counting.entries(action, asked)
        response = Response(answer.content, status_code=answer.status_code)
        kept = without(answer.headers.raw, DROPPED_ANSWERS | {"content-encoding"})
        response.raw_headers = [*kept, (b"content-length", str(len(answer.content)).encode())]
        return response


def caller_of(target: bytes) -> tuple[str, bytes]:
    """The function that an address belongs to, and the path as the engine knows it."""
    if not target.startswith(OWN.encode()):
        return "nobody", target
    function, _, path = target.removeprefix(OWN.encode()).partition(b"/")
    return function.decode(), b"/" + path


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m bench.proxy", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--engine", required=True, help="base URL of the engine")
    options = parser.parse_args()
    config = Config()
    config.bind = [f"{LOOPBACK}:{options.port}"]
    config.loglevel = "WARNING"
    asyncio.run(serve(cast("ASGIFramework", Counting(options.engine).app()), config))


if __name__ == "__main__":
    main()
