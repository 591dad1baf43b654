"""`pharmonico` as a developer types it, from the address to the end of everything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local.cloud import PARTS
from tests.cloud.door import PRESCRIPTIONS
from tests.cloud.messages import a_new_rx
from tests.cloud.processes import group_of, processes_of

if TYPE_CHECKING:
    from local.place import Place
    from tests.cloud.world import World

PHARMONICO = Path(sys.executable).parent / "pharmonico"
TIMEOUT_S = 60


def command(place: Place, *words: str) -> list[str]:
    return [str(PHARMONICO), "--data", str(place.data), *words]


def run(place: Place, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(place, *words), capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )


def said(place: Place, *words: str) -> str:
    """What a command that must work prints."""
    done = run(place, *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_url_and_token_are_ready_for_scripts(world: World) -> None:
    place = world.cloud.place
    url = said(place, "url")
    assert url == world.cloud.ports.edge_url
    for role in ("ops", "provider"):
        headers = {"Authorization": f"Bearer {said(place, 'token', role)}"}
        answer = world.door.http.get(f"{url}{PRESCRIPTIONS}", headers=headers)
        assert answer.status_code == 200


def test_a_sample_is_sent_and_shown(world: World) -> None:
    place = world.cloud.place
    prescription = said(place, "send", "--sample", "newrx", "--fresh")
    shown = json.loads(said(place, "show", prescription, "--json"))
    assert shown["id"] == prescription
    assert world.ops.read(f"{PRESCRIPTIONS}/{prescription}")["id"] == prescription
    assert prescription in said(place, "show", prescription)
    world.backstage.retire(prescription)


def test_a_file_is_sent_and_watched_until_it_is_completed(world: World, tmp_path: Path) -> None:
    place, message = world.cloud.place, a_new_rx()
    file = tmp_path / "newrx.xml"
    file.write_bytes(message.raw)
    rx = world.known(said(place, "send", str(file)), message)
    with subprocess.Popen(
        command(place, "watch", rx.id), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as watch:
        try:
            rx.reaches("validated").enroll().select().pay()
            rx.reaches("shipped").scanned("DELIVERED").reaches("completed")
            told, complaints = watch.communicate(timeout=TIMEOUT_S)
        finally:
            watch.kill()
    assert (watch.returncode, complaints) == (0, "")
    assert told.strip().endswith("it is completed")
    lines = [line.split() for line in told.splitlines()]
    actions = [words[1] for words in lines[:-1]]
    assert len(set(actions)) == len(actions)
    assert {"intake_received", "pharmacy_selected", "prescription_completed"} <= set(actions)
    assert message.mark not in told


@pytest.mark.parametrize(
    "words",
    [
        ("show", "rx_unknown"),
        ("send", "no-such-file.xml"),
        ("send", "--sample", "nothing"),
        ("clock", "advance", "soon"),
    ],
)
def test_a_mistake_is_one_line(world: World, words: tuple[str, ...]) -> None:
    place = world.cloud.place
    done = run(place, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("pharmonico: ")
    assert done.stderr.count("\n") == 1


def test_down_leaves_no_process_and_says_what_it_stopped(world: World) -> None:
    place = world.cloud.place
    groups = [group_of(place, part) for part in PARTS]
    assert "runs" in said(place, "status")
    assert len({each.group for each in processes_of(place, *groups)}) == len(PARTS)
    stopped = said(place, "down")
    assert [part for part in PARTS if part not in stopped] == []
    assert processes_of(place, *groups) == []
    after = run(place, "url")
    assert (after.returncode, after.stdout) == (1, "")
    assert "make up" in after.stderr
