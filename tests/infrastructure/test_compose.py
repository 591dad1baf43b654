"""`compose.yaml`: what can be said of it where there is no Docker to run it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from infra_cdk.paths import ROOT

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

COMPOSE = (ROOT / "compose.yaml").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
SWITCHES: dict[str, str] = SERVICES["engine"]["environment"]
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
NAMED_OTHERWISE = {"cognito": "cognito-idp"}  # by CloudFormation, and by LocalStack


def test_nothing_of_it_is_open_to_the_network() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert [port.partition(":")[0] for port in ports] == ["127.0.0.1"]


def test_it_starts_as_it_is_and_takes_what_the_engine_tells_it() -> None:
    defaults = dict(VARIABLE.findall(COMPOSE))
    assert defaults == {
        "LOCALSTACK_TAG": "4.14.0",
        "LOCALSTACK_AUTH_TOKEN": "",
        "ENGINE_PORT": "4566",
        "ENGINE_DATA": "data",
        "HOST_PORTS": "8090",
        "COMPOSE_PROJECT_NAME": "",
    }


def test_it_sends_no_usage_messages() -> None:
    assert SWITCHES["DISABLE_EVENTS"] == "1"


def test_every_service_the_stacks_need_is_switched_on(local: Assembly) -> None:
    kinds = {kind.split("::")[1].lower() for kind in local.types()}
    needed = {NAMED_OTHERWISE.get(kind, kind) for kind in kinds}
    assert needed - set(re.split(r"\s*,\s*", SWITCHES["SERVICES"])) == set()


def test_functions_run_on_its_network_and_know_this_machine_by_name() -> None:
    network = SWITCHES["LAMBDA_DOCKER_NETWORK"].removeprefix("${COMPOSE_PROJECT_NAME}_")
    assert SERVICES["engine"]["networks"] == [network]
    assert "host.docker.internal:host-gateway" in SWITCHES["LAMBDA_DOCKER_FLAGS"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_it_mounts_is_there(name: str) -> None:
    mounts = [mount.split(":")[0] for mount in SERVICES[name]["volumes"]]
    ours = [mount for mount in mounts if mount.startswith("./")]
    assert [mount for mount in ours if not (ROOT / mount).is_file()] == []
    assert len(ours) == (1 if name == "relay" else 0)
