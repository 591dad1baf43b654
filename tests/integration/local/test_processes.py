"""A background process is known by its lock, so a stale pid file misleads nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from local import processes
from local.place import LocalError

if TYPE_CHECKING:
    from local.place import Place

PARENT = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def start(place: Place, program: str) -> int:
    processes.start(
        place,
        "part",
        [sys.executable, "-c", program],
        environment={"PATH": os.defpath},
        healthy=lambda: True,
    )
    return int(place.pid("part").read_text())


def members(group: int) -> list[str]:
    found = subprocess.run(["ps", "-eo", "pgid,stat"], capture_output=True, text=True, check=True)
    rows = (line.split() for line in found.stdout.splitlines()[1:])
    return [state for number, state in rows if number == str(group) and not state.startswith("Z")]


def test_a_stop_ends_the_process_and_its_children(place: Place) -> None:
    group = start(place, PARENT)
    time.sleep(0.3)
    assert len(members(group)) == 2
    assert processes.stop(place, "part")
    assert members(group) == []


def test_a_stale_pid_file_counts_as_stopped(place: Place) -> None:
    group = start(place, "import time; time.sleep(60)")
    os.kill(group, signal.SIGKILL)
    time.sleep(0.2)
    assert place.pid("part").exists()
    assert not processes.running(place, "part")
    assert not processes.stop(place, "part")
    start(place, "import time; time.sleep(60)")
    assert processes.stop(place, "part")


def test_a_process_that_will_not_end_is_killed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_S", 0.3)
    start(place, STUBBORN)
    time.sleep(0.3)
    assert processes.stop(place, "part")
    assert not processes.running(place, "part")


def test_it_is_not_started_twice(place: Place) -> None:
    start(place, "import time; time.sleep(60)")
    with pytest.raises(LocalError, match="being started by someone else"):
        start(place, "import time; time.sleep(60)")
    processes.stop(place, "part")
