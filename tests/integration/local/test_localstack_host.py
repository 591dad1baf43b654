"""LocalStack's code starts after its companion, on loopback, and writes into its place alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local.engine import localstack_host
from local.engine.localstack_host import LocalStackHost, engine_environment, scratch_of
from local.localstack_host.settings import LISTENER
from local.place import Place
from local.ports import Ports

if TYPE_CHECKING:
    from pathlib import Path

PORTS = Ports(engine=4601, sandbox=4602, edge=4603, companion=4604)


class Parts:
    """Which parts run, and in what order they were started and stopped."""

    def __init__(self) -> None:
        self.running: set[str] = set()
        self.told: list[str] = []
        self.options: dict[str, Any] = {}

    def is_running(self, _: Place, name: str) -> bool:
        return name in self.running

    def start(self, _: Place, name: str, command: list[str], **options: Any) -> None:
        self.running.add(name)
        self.told.append(f"start {name}: {command[-1]}")
        self.options = options

    def stop(self, _: Place, name: str) -> bool:
        ran = name in self.running
        self.running.discard(name)
        if ran:
            self.told.append(f"stop {name}")
        return ran

    def start_companion(self, *_: Any, **__: Any) -> bool:
        if "companion" in self.running:
            return False
        self.running.add("companion")
        self.told.append("start companion")
        return True


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, "localstack-host")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Parts:
    parts = Parts()
    monkeypatch.setattr(localstack_host, "ensure_installed", lambda _: None)
    monkeypatch.setattr(localstack_host, "start_companion", parts.start_companion)
    monkeypatch.setattr(localstack_host.processes, "running", parts.is_running)
    monkeypatch.setattr(localstack_host.processes, "start", parts.start)
    monkeypatch.setattr(localstack_host.processes, "stop", parts.stop)
    return parts


def start(place: Place, **listeners: int) -> bool:
    return LocalStackHost().start(place, PORTS, listeners=listeners, say=print)


def test_the_companion_comes_first_because_the_tables_are_there(parts: Parts, place: Place) -> None:
    assert start(place, engine=7)
    assert parts.told == ["start companion", "start engine: localstack.runtime.main"]
    assert parts.options["listener"] == 7
    assert parts.options["environment"][LISTENER] == "7"
    assert not start(place)


def test_a_new_companion_means_a_new_engine_for_streams_begin_anew(
    parts: Parts, place: Place
) -> None:
    start(place)
    parts.running.discard("companion")
    parts.told.clear()
    assert start(place)
    assert [step.split(":")[0] for step in parts.told] == [
        *("start companion", "stop engine", "start engine")
    ]


def test_each_start_finds_an_empty_folder(parts: Parts, place: Place) -> None:
    left = scratch_of(place) / "lambda" / "old"
    left.mkdir(parents=True)
    start(place)
    assert list(scratch_of(place).iterdir()) == []


def test_it_listens_on_loopback_and_sends_nothing_out(place: Place) -> None:
    told = engine_environment(place, PORTS, listener=None)
    assert told["GATEWAY_LISTEN"] == told["LOCALSTACK_HOST"] == "127.0.0.1:4601"
    assert told["GATEWAY_SERVER"] == "inherited"
    assert (told["DISABLE_EVENTS"], told["SKIP_INFRA_DOWNLOADS"]) == ("1", "1")
    assert LISTENER not in told


def test_all_it_writes_is_in_its_place_or_the_build(place: Place) -> None:
    told = engine_environment(place, PORTS, listener=None)
    for name in ("FILESYSTEM_ROOT", "TMPDIR", "CONFIG_DIR"):
        assert told[name] == str(place.data / "localstack")
    assert told["XDG_CACHE_HOME"].endswith("build/localstack-host/cache")


def test_tables_are_the_companions(place: Place) -> None:
    told = engine_environment(place, PORTS, listener=None)
    assert told["PROVIDER_OVERRIDE_DYNAMODB"] == "companion"
    assert told["PROVIDER_OVERRIDE_DYNAMODBSTREAMS"] == "companion"
    assert told["PHARMONICO_COMPANION_URL"] == "http://127.0.0.1:4604"
    assert LocalStackHost().endpoints(PORTS) == {"cognito-idp": "http://127.0.0.1:4604"}
