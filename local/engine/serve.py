"""`python -m local.engine.serve`: the engine in the foreground; its switches are environment names.

The engine writes its state on a clean end only, so this launcher writes it every few seconds and
keeps a journal in between; and it ends the function processes with itself.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config

from local.engine import LISTENER, checkpoint
from local.engine.checkpoint import Checkpoints
from local.engine.journal import Journal, journaled, replay
from local.engine.pool import queue_for_workers
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

    queue_for_workers()
    logging.getLogger("persistence").setLevel(logging.WARNING)
    stopped, ready = asyncio.Event(), asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(kind, stopped.set)
    journal = Journal(Path(given("STATE_DIR")).with_name("journal"))
    keeper = Keeper(Checkpoints(), journal)
    saver = asyncio.create_task(keeper.save_often(ready, stopped))
    app = cast("ASGIFramework", restoring(engine.app, journal, ready))
    await serve(app, _config(), shutdown_trigger=stopped.wait)
    if ready.is_set():
        await saver
        # The engine has just written every file itself, without the stream records.
        await keeper.save(whole=True)
    _end_group()


@dataclass(frozen=True)
class Keeper:
    """Checkpoints, and the journal of what came since."""

    checkpoints: Checkpoints
    journal: Journal

    async def save_often(self, ready: asyncio.Event, stopped: asyncio.Event) -> None:
        """Take a checkpoint every few seconds, less often where it is dear."""
        await ready.wait()
        pause = INTERVAL_S
        while not stopped.is_set():
            try:
                await asyncio.wait_for(stopped.wait(), timeout=pause)
            except TimeoutError:
                pause = max(INTERVAL_S, await self.save() / LOAD_MAX)

    async def save(self, *, whole: bool = False) -> float:
        """Copy on the thread that serves requests, so no write comes between; write beside it."""
        start = time.perf_counter()
        held = self.journal.turn()
        try:
            changed = self.checkpoints.take(whole=whole)
        except RuntimeError as moved:  # a function's thread changed a dictionary meanwhile
            log.info("checkpoint put off: %s", moved)
            return 0.0
        spent = time.perf_counter() - start
        if changed is not None:
            await asyncio.to_thread(checkpoint.write, changed)
            self.journal.drop(held)
        return spent


def restoring(engine: Any, journal: Journal, ready: asyncio.Event) -> Any:
    """The engine, whose state is whole again before it takes its first request."""
    keeping = journaled(engine, journal)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def send_after_restore(message: Any) -> None:
            if message["type"] == "lifespan.startup.complete":
                checkpoint.restore()
                log.info("%d writes since the checkpoint", await replay(engine, journal))
                ready.set()
            await send(message)

        if scope["type"] == "lifespan":
            await engine(scope, receive, send_after_restore)
        else:
            await keeping(scope, receive, send)

    return app


def _config() -> Config:
    config = Config()
    listener = given(LISTENER)
    config.bind = [f"fd://{listener}" if listener else f"{LOOPBACK}:{given('GATEWAY_PORT')}"]
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
