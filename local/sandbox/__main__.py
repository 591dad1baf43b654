"""`python -m local.sandbox --port N [--data DIR] [--webhooks URL] [--engine URL --outputs F]`."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config

from local.edge.target import Target
from local.sandbox.app import create_app
from local.sandbox.settings import Settings

if TYPE_CHECKING:
    from hypercorn.typing import ASGIFramework

LOOPBACK = "127.0.0.1"
SHUTDOWN_S = 2
KEEP_ALIVE_S = 60


def main() -> int:
    """Serve until SIGINT or SIGTERM; prints one line once the port is bound."""
    options = _options()
    try:
        listener = _listen(options.port, inherited=options.listener)
    except OSError as taken:
        print(f"sandbox: port {options.port} cannot be used ({taken.strerror})", file=sys.stderr)
        return 1
    port = listener.getsockname()[1]
    public_url = options.public_url or f"http://{LOOPBACK}:{port}"
    settings = Settings(
        public_url=public_url,
        webhooks_url=options.webhooks.rstrip("/"),
        deployment=Target(options.engine, options.outputs, options.identity)
        if options.outputs
        else None,
    )
    app = create_app(settings, data=options.data)
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.graceful_timeout = SHUTDOWN_S
    # Longer than the SDKs keep idle connections, so that they do not write into a closing one.
    config.keep_alive_timeout = KEEP_ALIVE_S
    config.loglevel = "WARNING"
    print(f"sandbox listening on {public_url}/sandbox/", flush=True)
    asyncio.run(serve(cast("ASGIFramework", app), config))
    return 0


def _listen(port: int, *, inherited: int | None) -> socket.socket:
    if inherited is not None:
        return socket.socket(fileno=inherited)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    return listener


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="0 takes any free port")
    parser.add_argument("--data", type=Path, help="folder for the snapshot; none: forget on exit")
    parser.add_argument("--webhooks", default="", help="base URL of the edge that gets webhooks")
    parser.add_argument("--engine", default="", help="base URL of the engine")
    parser.add_argument("--outputs", type=Path, help="file that says what is deployed on it")
    parser.add_argument("--identity", default="", help="base URL of Cognito, where it is apart")
    parser.add_argument("--public-url", default="", help="where a browser finds this sandbox")
    parser.add_argument("--listener", type=int, help="a socket that listens at the port already")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
