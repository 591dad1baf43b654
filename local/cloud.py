"""The local cloud as a whole: engine, sandbox, deployment, seed and edge, up and down."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import httpx

from infra_cdk.stages import read_settings
from local import processes
from local.aws import Engine
from local.deploy import deploy
from local.engine.registry import engine_of
from local.environment import child_environment
from local.place import LocalError, Place, read_json, write_json
from local.ports import COMPANION, Ports, choose_ports, holding, kept_ports
from local.seed import seed

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.engine.protocol import LocalEngine

    Say = Callable[[str], None]

PARTS = ("engine", "sandbox", "edge")
OWN_PARTS = PARTS[1:]  # the others are the engine's
PORT_MAX = 65_535


@dataclass(frozen=True)
class Cloud:
    """A running local cloud."""

    place: Place
    ports: Ports
    outputs: dict[str, str]

    @property
    def engine(self) -> Engine:
        """The AWS endpoint."""
        return endpoint(engine_of(self.place), self.ports)

    @property
    def engine_name(self) -> str:
        """Which engine it is, as ENGINE names it."""
        return self.place.engine

    @property
    def stage(self) -> str:
        """The stage that is deployed, which its physical names carry."""
        return engine_of(self.place).stage


def bring_up(place: Place, *, port: str, say: Say) -> Cloud:
    """Start what does not run, deploy what has changed; a second time finds everything as it is."""
    kind, before = engine_of(place), kept_ports(place)
    if place.half_updated.exists():
        say("the engine cannot go on from its last update: it is started anew")
        kind.stop(place)
        place.half_updated.unlink()
    ports = choose_ports(
        place,
        running=lambda name: running(place, name),
        edge=_port(port),
        say=say,
        companion=COMPANION in kind.parts,
    )
    if before and before != ports:
        bring_down(place)  # each part was told the others' addresses when it started
    write_settings(place, ports)
    engine = endpoint(kind, ports)
    with holding(ports, running=lambda name: not _waits_for_port(place, name)) as listeners:
        restarted = kind.start(place, ports, listeners=listeners, say=say)
        say(f"engine {'started' if restarted else 'runs'} at {ports.engine_url}")
        start_sandbox(place, ports, listener=listeners.get("sandbox"))
        outputs = deploy(engine, place, stage=kind.stage, say=say)
        seed(engine, outputs, say=say, prescriber_url=prescriber_url(place, ports))
        start_edge(place, ports, listener=listeners.get("edge"))
    if restarted:
        take_up(engine, stage=kind.stage)
    return Cloud(place, ports, outputs)


def bring_down(place: Place) -> list[str]:
    """Stop whatever runs, the door first; says what that was."""
    stopped = [name for name in reversed(OWN_PARTS) if processes.stop(place, name)]
    return [*stopped, *engine_of(place).stop(place)]


def running_cloud(place: Place) -> Cloud:
    """The cloud that runs, or one line saying that none does."""
    ports, outputs = kept_ports(place), read_json(place.outputs)
    if ports is None or not outputs:
        raise LocalError("nothing is deployed here yet: make up")
    if dead := [name for name in parts_of(place) if not running(place, name)]:
        raise LocalError(f"the {' and the '.join(dead)} not running: make up starts it again")
    return Cloud(place, ports, outputs)


def parts_of(place: Place) -> tuple[str, ...]:
    """Everything that runs in the background, the engine's parts first."""
    return (*engine_of(place).parts, *OWN_PARTS)


def running(place: Place, name: str) -> bool:
    """Whether the part lives."""
    engine = engine_of(place)
    return engine.running(place, name) if name in engine.parts else processes.running(place, name)


def endpoint(engine: LocalEngine, ports: Ports) -> Engine:
    """Where the engine answers."""
    return Engine(ports.engine_url, elsewhere=engine.endpoints(ports))


def write_settings(place: Place, ports: Ports) -> None:
    """What the stage must know of this machine."""
    engine = engine_of(place)
    wanted: dict[str, Any] = {
        "engine_url": ports.engine_url,
        "sandbox_url": engine.seen_by_functions(ports.sandbox_url),
        "edge_port": ports.edge,
    }
    if COMPANION in engine.parts:
        wanted["identity_url"] = engine.seen_by_functions(ports.companion_url)
    wanted |= _wishes(place)
    if read_json(place.settings) != wanted:
        write_json(place.settings, wanted)


def _wishes(place: Place) -> dict[str, Any]:
    """Settings of the developer's own; a mistake in them must not look like none."""
    try:
        return read_settings(place.wishes)
    except ValueError as error:
        raise LocalError(f"{place.wishes}: {error}") from None


def start_sandbox(place: Place, ports: Ports, *, listener: int | None = None) -> None:
    """Start the played providers unless they run."""
    _start(
        place,
        "sandbox",
        port=ports.sandbox,
        options={
            "--data": str(place.data / "sandbox"),
            "--webhooks": ports.edge_url,
            "--engine": ports.engine_url,
            "--outputs": str(place.outputs),
            "--identity": endpoint(engine_of(place), ports).address_of("cognito-idp"),
        },
        url=f"{ports.sandbox_url}/sandbox/",
        listener=listener,
    )


def start_edge(place: Place, ports: Ports, *, listener: int | None = None) -> None:
    """Start the one public door unless it runs."""
    _start(
        place,
        "edge",
        port=ports.edge,
        options={"--engine": ports.engine_url, "--outputs": str(place.outputs)},
        url=f"{ports.edge_url}/edge/health",
        listener=listener,
    )


def prescriber_url(place: Place, ports: Ports) -> str:
    """Where functions reach the played prescriber's system."""
    return f"{engine_of(place).seen_by_functions(ports.sandbox_url)}/prescriber/script"


def take_up(engine: Engine, *, stage: str) -> None:
    """Have waiting prescriptions taken up again at once, not at the next turn of the schedule."""
    engine.client("lambda").invoke(
        FunctionName=f"pharmonico-{stage}-reconcile", InvocationType="Event", Payload=b"{}"
    )


def states(place: Place) -> dict[str, str]:
    """What each part is doing, in a word."""
    ports = kept_ports(place)
    found = {name: "runs" if running(place, name) else "stopped" for name in parts_of(place)}
    if ports and found["engine"] == "runs" and not engine_of(place).answers(ports):
        found["engine"] = "does not answer: make down, then make up"
    return found


def _start(
    place: Place,
    name: str,
    *,
    port: int,
    options: dict[str, str],
    url: str,
    listener: int | None,
) -> None:
    if processes.running(place, name):
        return
    if listener is not None:
        options |= {"--listener": str(listener)}
    processes.start(
        place,
        name,
        [sys.executable, "-m", f"local.{name}", "--port", str(port), *chain(*options.items())],
        environment=child_environment({}),
        healthy=lambda: _answers(url),
        listener=listener,
    )


def _waits_for_port(place: Place, name: str) -> bool:
    """Whether a socket shall be held for the part: it does not run, and it can take one over."""
    return name in {*OWN_PARTS, *engine_of(place).inherits} and not running(place, name)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code < httpx.codes.BAD_REQUEST
    except httpx.HTTPError:
        return False


def _port(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) <= PORT_MAX:
        raise LocalError(f"PORT={text} is no port: give a number from 1 to {PORT_MAX}")
    return int(text)
