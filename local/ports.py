"""Free ports, chosen once and kept, so that bookmarks and the deployed addresses stay true."""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from local.place import LOOPBACK, LocalError, Place, read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WISHED = {"engine": 4566, "sandbox": 8090, "edge": 8080}
COMPANION = "companion"  # the part that answers what an engine lacks; few engines have it
WISHED_COMPANION = 4666
TRIES = 200


@dataclass(frozen=True)
class Ports:
    """One port per background process."""

    engine: int
    sandbox: int
    edge: int
    companion: int = 0  # where the engine has one

    @property
    def engine_url(self) -> str:
        """The AWS endpoint."""
        return f"http://{LOOPBACK}:{self.engine}"

    @property
    def companion_url(self) -> str:
        """The AWS endpoint of what the engine lacks."""
        return f"http://{LOOPBACK}:{self.companion}"

    @property
    def sandbox_url(self) -> str:
        """Stripe, Shippo, Twilio, the payer and the mailbox."""
        return f"http://{LOOPBACK}:{self.sandbox}"

    @property
    def edge_url(self) -> str:
        """The public address of the API."""
        return f"http://{LOOPBACK}:{self.edge}"

    def site_url(self, site: str) -> str:
        """The public address of a site."""
        return f"http://{site}.localhost:{self.edge}"


def kept_ports(place: Place) -> Ports | None:
    """The ports of an earlier start."""
    kept = read_json(place.ports)
    return Ports(**kept) if WISHED.keys() <= kept.keys() <= {*WISHED, COMPANION} else None


def choose_ports(
    place: Place,
    *,
    running: Callable[[str], bool],
    edge: int | None,
    say: Callable[[str], None],
    companion: bool = False,
) -> Ports:
    """The kept ports where they are free or ours, else the next free ones; told when they move."""
    kept = read_json(place.ports)
    chosen: dict[str, int] = {}
    for name, wished in (WISHED | ({COMPANION: WISHED_COMPANION} if companion else {})).items():
        first = kept.get(name, wished)
        if name == "edge" and edge:
            chosen[name] = _exactly(edge, ours=running(name) and first == edge)
        elif running(name) and name in kept:
            chosen[name] = first
        else:
            chosen[name] = _next_free(first, besides=set(chosen.values()))
            if chosen[name] != first:
                say(f"port {first} is taken, the {name} uses {chosen[name]}")
    write_json(place.ports, chosen)
    return Ports(**chosen)


@contextmanager
def holding(ports: Ports, *, running: Callable[[str], bool]) -> Iterator[dict[str, int]]:
    """Sockets that listen already, for the parts that do not run; their descriptors by part.

    A start takes half a minute, and another clone's start may look for ports in between: what it
    takes would answer in our part's place.
    """
    with ExitStack() as held:
        listeners: dict[str, int] = {}
        for name, port in asdict(ports).items():
            if port and not running(name):
                listeners[name] = held.enter_context(_listen(port)).fileno()
        yield listeners


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise LocalError(f"port {port} was taken a moment ago: run make up again") from error
    return listener


def is_free(port: int) -> bool:
    """Whether nobody listens there, on this address or on all."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if probe.connect_ex((LOOPBACK, port)) == 0:
            return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _exactly(port: int, *, ours: bool) -> int:
    if ours or is_free(port):
        return port
    raise LocalError(f"port {port} is taken: stop what listens there, or say make up PORT=…")


def _next_free(first: int, *, besides: set[int]) -> int:
    for port in range(first, first + TRIES):
        if port not in besides and is_free(port):
            return port
    raise LocalError(f"no free port from {first} to {first + TRIES - 1}: stop something first")
