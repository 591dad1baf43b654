"""`python -m local.engine.serve`: the engine in the foreground; its switches are environment names.

The engine writes its state on a clean end only, so this launcher writes it every few seconds; and
it ends the function processes with itself.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from typing import TYPE_CHECKING, Any, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config

from local.engine import checkpoint
from local.environment import given
from local.place import LOOPBACK

if TYPE_CHECKING:
    from hypercorn.typing import ASGIFramework

INTERVAL_S = 2.0
LOAD_MAX = 0.1  # the share of its time the engine may spend on checkpoints
GRACE_S = 2

log = logging.getLogger("checkpoint")


async def main() -> None:
    """Serve until SIGTERM or SIGINT, save, and end every process of this one's group."""
    from ministack import app as engine  # noqa: PLC0415 - importing it reads the environment

    logging.getLogger("persistence").setLevel(logging.WARNING)
    stopped, ready = asyncio.Event(), asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(kind, stopped.set)
    checkpoints = checkpoint.Checkpoints()
    saver = asyncio.create_task(save_often(checkpoints, ready, stopped))
    app = cast("ASGIFramework", restoring(engine.app, ready))
    await serve(app, _config(), shutdown_trigger=stopped.wait)
    if ready.is_set():
        await saver
        await _save(checkpoints)  # after the engine's own last save, which knows no journal
    _end_group()


async def save_often(
    checkpoints: checkpoint.Checkpoints, ready: asyncio.Event, stopped: asyncio.Event
) -> None:
    """Take a checkpoint every few seconds, less often where it is dear."""
    await ready.wait()
    pause = INTERVAL_S
    while not stopped.is_set():
        try:
            await asyncio.wait_for(stopped.wait(), timeout=pause)
        except TimeoutError:
            pause = max(INTERVAL_S, await _save(checkpoints) / LOAD_MAX)


async def _save(checkpoints: checkpoint.Checkpoints) -> float:
    """Copy on the thread that serves requests, so no write comes between; write beside it."""
    start = time.perf_counter()
    try:
        changed = checkpoints.take()
    except RuntimeError as moved:  # a function's thread changed a dictionary while it was copied
        log.info("checkpoint put off: %s", moved)
        return 0.0
    spent = time.perf_counter() - start
    await asyncio.to_thread(checkpoint.write, changed)
    log.debug("checkpoint of %s in %.3f s", ", ".join(changed) or "nothing", spent)
    return spent


def restoring(engine: Any, ready: asyncio.Event) -> Any:
    """The engine, with the stream records put back before it takes its first request."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def send_after_restore(message: Any) -> None:
            if message["type"] == "lifespan.startup.complete":
                checkpoint.restore()
                ready.set()
            await send(message)

        await engine(scope, receive, send_after_restore if scope["type"] == "lifespan" else send)

    return app


def _config() -> Config:
    config = Config()
    config.bind = [f"{LOOPBACK}:{given('GATEWAY_PORT')}"]
    config.graceful_timeout = GRACE_S
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    return config


def _end_group() -> None:
    if os.getpid() == os.getpgrp():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)  # its threads wait for functions that may take a minute


if __name__ == "__main__":
    asyncio.run(main())
