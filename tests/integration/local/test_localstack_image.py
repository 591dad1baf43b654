"""LocalStack's image is started, asked after and ended by Docker's own command, played here."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from local.engine import localstack
from local.engine.localstack import LocalStack, project_of
from local.place import LocalError, Place
from local.ports import Ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.local.test_localstack_image import Docker

PORTS = Ports(engine=4601, sandbox=4602, edge=4603, companion=4604)
# It writes down what it is asked, with the ports it was told, and plays one container.
SCRIPT = """#!/bin/sh
echo "$* [$ENGINE_PORT|$HOST_PORTS|$LOCALSTACK_TAG]" >> "{folder}/asked"
for word in "$@"; do [ "$word" = "$(cat "{folder}/refused" 2>/dev/null)" ] && {{
  echo "no $word today" >&2; exit 1; }}; done
case "$*" in
  *" up "*) touch "{folder}/up" ;;
  *" down") rm -f "{folder}/up" ;;
  *" ps --status running"*) [ -e "{folder}/up" ] && echo c0ffee ;;
  "ps --all"*) echo left over ;;
esac
exit 0
"""


class Docker:
    """The played command: what it was asked, and what it shall refuse."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def asked(self) -> list[str]:
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []

    def refuse(self, word: str) -> None:
        (self.folder / "refused").write_text(word)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "cloud", "localstack")


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Docker]:
    """A `docker` that comes first on the path; no companion is started beside it."""
    command = tmp_path / "bin" / "docker"
    command.parent.mkdir()
    command.write_text(SCRIPT.format(folder=tmp_path))
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    monkeypatch.setattr(localstack, "start_companion", lambda *_, **__: True)
    monkeypatch.setattr(localstack, "stop_companion", lambda _: ["companion"])
    return Docker(tmp_path)


def start(place: Place) -> bool:
    return LocalStack().start(place, PORTS, listeners={}, say=print)


def test_it_is_started_with_its_ports_and_awaited(
    docker: Docker, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALSTACK_TAG", "2026.10")
    assert start(place)
    (up,) = [line for line in docker.asked if " up " in line]
    assert f"--project-name {project_of(place)} up --detach --wait" in up
    assert up.endswith("[4601|4602 4604|2026.10]")
    assert LocalStack().running(place, "engine")
    assert LocalStack().version == "2026.10"


def test_a_second_start_finds_it_running(docker: Docker, place: Place) -> None:
    assert start(place)
    assert not start(place)
    assert len([line for line in docker.asked if " up " in line]) == 1


def test_a_stop_removes_functions_that_were_left_and_then_the_container(
    docker: Docker, place: Place
) -> None:
    start(place)
    assert LocalStack().stop(place) == ["engine", "companion"]
    steps = [line.split(" [")[0].split(" ", 1)[1] for line in docker.asked[-4:]]
    project = project_of(place)
    assert steps[0].endswith(f"{project} stop")
    assert steps[1:3] == [f"--all --quiet --filter network={project}_cloud", "--force left over"]
    assert steps[3].endswith(f"{project} down")
    assert not LocalStack().running(place, "engine")


def test_nobody_asks_docker_about_a_container_that_was_never_started(
    docker: Docker, place: Place
) -> None:
    assert not LocalStack().running(place, "engine")
    assert LocalStack().stop(place) == ["companion"]
    assert docker.asked == []


def test_one_that_died_is_cleared_away_before_the_next(docker: Docker, place: Place) -> None:
    start(place)
    (docker.folder / "up").unlink()
    assert not LocalStack().running(place, "engine")
    assert start(place)
    assert [line.split(" [")[0].split()[-1] for line in docker.asked].count("down") == 1


def test_without_docker_one_line_names_the_engine_that_needs_none(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LocalError, match=r"^docker is missing: .*ENGINE=localstack-host.*$"):
        start(place)


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ("version", "docker has no Compose: install its plugin"),
        ("info", r"docker does not answer \(no info today\): start it first"),
        ("up", "docker compose failed for .*:\nno up today"),
    ],
)
def test_what_docker_refuses_is_said(docker: Docker, place: Place, refused: str, said: str) -> None:
    docker.refuse(refused)
    with pytest.raises(LocalError, match=said):
        start(place)


def test_places_have_projects_of_their_own(tmp_path: Path) -> None:
    names = {project_of(Place(tmp_path / name)) for name in ("a", "b")}
    assert len(names) == 2
    assert all(name.replace("-", "").isalnum() and name.islower() for name in names)


def test_functions_in_containers_know_this_machine_by_another_name() -> None:
    assert LocalStack().seen_by_functions(PORTS.sandbox_url) == "http://host.docker.internal:4602"
    assert LocalStack().endpoints(PORTS) == {"cognito-idp": "http://127.0.0.1:4604"}
