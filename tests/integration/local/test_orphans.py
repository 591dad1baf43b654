"""What a killed engine leaves running is ended by the next start or stop, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from local.engine import NAME, start_engine, stop_engine
from local.engine.orphans import commands, end_orphans

if TYPE_CHECKING:
    from pathlib import Path

    from local.place import Place

SLEEPS = "import time\ntime.sleep(60)\n"


def a_process(folder: Path) -> subprocess.Popen[bytes]:
    """One that runs a file of the folder, as functions do."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "worker.py"
    file.write_text(SLEEPS)
    return subprocess.Popen([sys.executable, str(file)])


def test_only_what_runs_from_the_folder_is_ended(tmp_path: Path) -> None:
    with a_process(tmp_path / "tmp") as orphan, a_process(tmp_path / "tmp2") as other:
        try:
            assert end_orphans(tmp_path / "tmp") == 1
            assert orphan.wait(timeout=10) == -signal.SIGKILL
            assert other.poll() is None
        finally:
            other.kill()
    assert end_orphans(tmp_path / "tmp") == 0


def test_every_process_is_seen_with_its_command() -> None:
    mine = dict(commands())[os.getpid()]
    assert "python" in mine


def test_a_stop_after_a_kill_ends_the_functions_too(place: Place, port: int) -> None:
    start_engine(place, port=port)
    with a_process(place.scratch / "ministack-lambda-x") as orphan:
        os.kill(int(place.pid(NAME).read_text()), signal.SIGKILL)
        stop_engine(place)
        assert orphan.wait(timeout=10) == -signal.SIGKILL
