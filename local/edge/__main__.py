"""`python -m local.edge --port N --engine URL --outputs FILE [--listener FD]`."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config

from local.edge.app import create_app
from local.edge.target import Target
from local.place import LOOPBACK

if TYPE_CHECKING:
    from hypercorn.typing import ASGIFramework

GRACE_S = 2


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    options = _options()
    config = Config()
    inherited = options.listener is not None
    config.bind = [f"fd://{options.listener}" if inherited else f"{LOOPBACK}:{options.port}"]
    config.graceful_timeout = GRACE_S
    config.loglevel = "WARNING"
    app = create_app(Target(engine_url=options.engine, outputs_file=options.outputs))
    asyncio.run(serve(cast("ASGIFramework", app), config))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.edge", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--engine", required=True, help="base URL of the engine")
    parser.add_argument("--outputs", type=Path, required=True, help="the deployment's outputs")
    parser.add_argument("--listener", type=int, help="a socket that listens at the port already")
    return parser.parse_args()


if __name__ == "__main__":
    main()
