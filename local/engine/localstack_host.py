"""LocalStack's own code as a process of this machine, with the embedded engine as companion."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from local import processes
from local.engine import NAME
from local.engine.companion import (
    IDENTITY,
    companion_answers,
    start_companion,
    stop_companion,
)
from local.engine.health import healthy
from local.engine.installing import FOLDER, ensure_installed, packages, python
from local.engine.orphans import end_orphans
from local.environment import child_environment
from local.localstack_host.settings import Settings
from local.place import LOOPBACK
from local.ports import COMPANION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.place import Place
    from local.ports import Ports

FORWARDED = ("DYNAMODB", "DYNAMODBSTREAMS")


@dataclass(frozen=True)
class LocalStackHost:
    """Everything but tables and the user pool is LocalStack's."""

    name: str = "localstack-host"
    version: str = "4.9.2"
    stage: str = "localstack-host"
    keeps_data: bool = True  # prescriptions are in the companion's tables; stored files are not
    parts: tuple[str, ...] = (COMPANION, NAME)
    inherits: tuple[str, ...] = (COMPANION, NAME)

    def running(self, place: Place, part: str) -> bool:
        """As its lock tells."""
        return processes.running(place, part)

    def start(
        self,
        place: Place,
        ports: Ports,
        *,
        listeners: Mapping[str, int],
        say: Callable[[str], None],
    ) -> bool:
        """The companion first, because LocalStack's tables are there."""
        ensure_installed(say)
        if start_companion(place, ports, listeners=listeners):
            # A companion begins its streams anew: who read them before would wait for ever.
            processes.stop(place, NAME)
        if processes.running(place, NAME):
            return False
        scratch = scratch_of(place)
        end_orphans(scratch)
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        processes.start(
            place,
            NAME,
            [str(python()), "-m", "localstack.runtime.main"],
            environment=child_environment(
                engine_environment(place, ports, listener=listeners.get(NAME))
            ),
            healthy=lambda: healthy(ports.engine_url),
            listener=listeners.get(NAME),
        )
        return True

    def stop(self, place: Place) -> list[str]:
        """LocalStack first, while what it may still write to is there."""
        stopped = [NAME] if processes.stop(place, NAME) else []
        end_orphans(scratch_of(place))
        return [*stopped, *stop_companion(place)]

    def answers(self, ports: Ports) -> bool:
        """Both must."""
        return healthy(ports.engine_url) and companion_answers(ports)

    def endpoints(self, ports: Ports) -> dict[str, str]:
        """The free LocalStack has no user pools."""
        return {IDENTITY: ports.companion_url}

    def seen_by_functions(self, url: str) -> str:
        """Functions are processes of this machine."""
        return url


def scratch_of(place: Place) -> Path:
    """All files of LocalStack and its functions; it keeps nothing."""
    return place.data / "localstack"


def engine_environment(place: Place, ports: Ports, *, listener: int | None) -> dict[str, str]:
    """LocalStack's switches, and its plugins'."""
    scratch = scratch_of(place)
    told = Settings(
        companion_url=ports.companion_url,
        python=Path(sys.executable),
        packages=packages(),
        scratch=scratch,
        listener=listener,
    ).told()
    return told | {
        "GATEWAY_LISTEN": f"{LOOPBACK}:{ports.engine}",
        # In addresses it makes up for clients; its own would need a name server.
        "LOCALSTACK_HOST": f"{LOOPBACK}:{ports.engine}",
        "GATEWAY_SERVER": "inherited",
        "LAMBDA_RUNTIME_EXECUTOR": "process",
        **{f"PROVIDER_OVERRIDE_{service}": COMPANION for service in FORWARDED},
        # It writes nowhere but here, and reads no settings of the developer's.
        "FILESYSTEM_ROOT": str(scratch),
        "TMPDIR": str(scratch),
        "CONFIG_DIR": str(scratch),
        "XDG_CACHE_HOME": str(FOLDER / "cache"),
        # No name server, no messages to its makers, no downloads.
        "DNS_ADDRESS": "0",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "SKIP_INFRA_DOWNLOADS": "1",
        "OVERRIDE_IN_DOCKER": "0",
        # It stubs them one way or the other; the deploy looks what was stubbed.
        "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "1",
        "LS_LOG": "warning",
        # Idle function processes end as on the embedded engine; a busy machine imports slowly.
        # What it does meanwhile takes no time; without it every function waits five seconds.
        "LAMBDA_SYNCHRONOUS_CREATE": "1",
        # It would tell of every function that its logging settings have no effect.
        "LOG_LEVEL_OVERRIDES": "localstack.services.lambda_.provider=ERROR",
        "LAMBDA_KEEPALIVE_MS": "20000",
        "LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT": "60",
        # An outbox that was empty for a while is looked at as often as a full one.
        "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC": "1",
        "LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC": "0.4",
    }
