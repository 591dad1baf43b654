"""LocalStack's image, run by Docker, with the embedded engine as companion for the user pool."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local import processes
from local.engine import NAME
from local.engine.companion import IDENTITY, companion_answers, start_companion, stop_companion
from local.engine.health import healthy
from local.environment import child_environment, given
from local.place import LOOPBACK, ROOT, LocalError
from local.ports import COMPANION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from local.place import Place
    from local.ports import Ports

COMPOSE = ROOT / "compose.yaml"
TAG = "4.14.0"  # the last release that needs no account
HERE = "host.docker.internal"  # this machine, as a container knows it
# What Docker's own command reads, and the user's choice of a newer LocalStack.
PASSED_ON = (
    *("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "XDG_RUNTIME_DIR"),
    *("LOCALSTACK_TAG", "LOCALSTACK_AUTH_TOKEN"),
)
START_S = 300
CALL_S = 120
ERROR_LINES = 5


@dataclass(frozen=True)
class LocalStack:
    """Functions run in containers; tables are LocalStack's own; it keeps nothing."""

    name: str = "localstack"
    stage: str = "localstack"
    keeps_data: bool = False
    parts: tuple[str, ...] = (COMPANION, NAME)
    inherits: tuple[str, ...] = (COMPANION,)

    @property
    def version(self) -> str:
        """The image's tag."""
        return given("LOCALSTACK_TAG") or TAG

    def running(self, place: Place, part: str) -> bool:
        """A container is asked after only where one was started from here."""
        if part != NAME:
            return processes.running(place, part)
        return _mark(place).exists() and bool(
            compose(place, "ps", "--status", "running", "--quiet", NAME)
        )

    def start(
        self,
        place: Place,
        ports: Ports,
        *,
        listeners: Mapping[str, int],
        say: Callable[[str], None],
    ) -> bool:
        """Start the container and wait until it is healthy."""
        require_docker()
        start_companion(place, ports, listeners=listeners)
        if self.running(place, NAME):
            return False
        self._end_containers(place)
        say(f"starting localstack/localstack:{self.version} (the first time it is downloaded)")
        _mark(place).parent.mkdir(parents=True, exist_ok=True)
        _mark(place).write_text(project_of(place))
        wait = ("--detach", "--wait", "--wait-timeout", str(START_S))
        compose(place, "up", *wait, ports=ports, timeout_s=START_S + CALL_S)
        return True

    def stop(self, place: Place) -> list[str]:
        """Remove the container, and whatever functions it left running."""
        stopped = [NAME] if self._end_containers(place) else []
        return [*stopped, *stop_companion(place)]

    def answers(self, ports: Ports) -> bool:
        """Both must."""
        return healthy(ports.engine_url) and companion_answers(ports)

    def endpoints(self, ports: Ports) -> dict[str, str]:
        """The free LocalStack has no user pools."""
        return {IDENTITY: ports.companion_url}

    def seen_by_functions(self, url: str) -> str:
        """Loopback is the function's own container."""
        return url.replace(LOOPBACK, HERE)

    def _end_containers(self, place: Place) -> bool:
        """Functions of a killed LocalStack hold on to the network, which Compose would remove."""
        if not _mark(place).exists():
            return False
        compose(place, "stop")
        network = f"network={project_of(place)}_cloud"
        if left := docker(place, "ps", "--all", "--quiet", "--filter", network).split():
            docker(place, "rm", "--force", *left)
        compose(place, "down")
        _mark(place).unlink()
        return True


def require_docker() -> None:
    """Refuse in one line where there is no Docker to ask."""
    if shutil.which("docker") is None:
        raise LocalError(
            "docker is missing: install Docker with Compose 2.24 or newer, or say"
            " ENGINE=localstack-host, which runs LocalStack's code without it"
        )
    if _asked("compose", "version").returncode:
        raise LocalError("docker has no Compose: install its plugin, 2.24 or newer")
    answer = _asked("info", "--format", "{{.ServerVersion}}")
    if answer.returncode:
        said = (answer.stderr.strip().splitlines() or ["no reason given"])[0]
        raise LocalError(f"docker does not answer ({said}): start it first")


def compose(place: Place, *words: str, ports: Ports | None = None, timeout_s: int = CALL_S) -> str:
    """Run Compose on this place's project; what it printed."""
    project = ("compose", "--file", str(COMPOSE), "--project-name", project_of(place))
    return docker(place, *project, *words, ports=ports, timeout_s=timeout_s)


def docker(place: Place, *words: str, ports: Ports | None = None, timeout_s: int = CALL_S) -> str:
    """Run Docker; what it printed, or its last lines as the reason why not."""
    done = _asked(*words, ports=ports, timeout_s=timeout_s)
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-ERROR_LINES:])
        raise LocalError(f"docker {words[0]} failed for {place.data}:\n{said}")
    return done.stdout


def project_of(place: Place) -> str:
    """A name of its own for every data folder, in what Compose allows."""
    return f"pharmonico-{hashlib.sha256(str(place.data).encode()).hexdigest()[:8]}"


def _asked(
    *words: str, ports: Ports | None = None, timeout_s: int = CALL_S
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", *words],
        cwd=ROOT,
        env=_environment(ports),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def _environment(ports: Ports | None) -> dict[str, str]:
    """Compose reads the file's variables; without ports it is asked of what is there already."""
    told = {name: given(name) for name in PASSED_ON if given(name)}
    if ports:
        told["ENGINE_PORT"] = str(ports.engine)
        told["HOST_PORTS"] = f"{ports.sandbox} {ports.companion}"
    return child_environment(told)


def _mark(place: Place) -> Path:
    """It is there from just before the container's start until after its end."""
    return place.data / "run" / "container"
