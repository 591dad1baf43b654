"""The embedded engine: MiniStack, bound to loopback, with a data folder and checkpoints."""

from __future__ import annotations

import shutil
import sys

import httpx

from local import processes
from local.engine.orphans import end_orphans
from local.environment import child_environment
from local.place import LOOPBACK, Place

NAME = "engine"
HEALTH = "/_ministack/health"
LISTENER = "ENGINE_LISTENER"


def start_engine(place: Place, *, port: int, listener: int | None = None, name: str = NAME) -> bool:
    """Start the engine unless it lives already; says whether it was started.

    `listener` is the descriptor of a socket that listens at the port already; `name` is the part
    it plays: the engine, or the companion of another one.
    """
    if processes.running(place, name):
        return False
    end_orphans(place.scratch)
    shutil.rmtree(place.scratch, ignore_errors=True)
    for folder in (place.state, place.objects, place.scratch):
        folder.mkdir(parents=True, exist_ok=True)
    told = {}
    if listener is not None:
        told[LISTENER] = str(listener)
    processes.start(
        place,
        name,
        [sys.executable, "-m", "local.engine.serve"],
        environment=child_environment(engine_environment(place, port=port) | told),
        healthy=lambda: engine_answers(port),
        listener=listener,
    )
    return True


def stop_engine(place: Place, *, name: str = NAME) -> bool:
    """Stop the engine and its function processes; its data stays."""
    stopped = processes.stop(place, name)
    end_orphans(place.scratch)
    return stopped


def engine_answers(port: int) -> bool:
    """Whether the engine takes requests."""
    try:
        return httpx.get(f"http://{LOOPBACK}:{port}{HEALTH}", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def engine_environment(place: Place, *, port: int) -> dict[str, str]:
    """MiniStack's own switches: it reads them when it is imported."""
    return {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": LOOPBACK,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.objects),
        "TMPDIR": str(place.scratch),
        # Calls in turn for a function's processes hold a thread each.
        "MINISTACK_WORKER_THREADS": "256",
        # Idle function processes pile up otherwise, one set per function.
        "LAMBDA_WARM_TTL_SECONDS": "20",
        # Listeners nobody here needs, on ports nobody chose.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
