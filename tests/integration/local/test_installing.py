"""What functions may import beside their own code: what Lambda has, and nothing of ours."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from local.engine import installing
from local.engine.installing import ensure_installed, link_packages, shipped
from local.place import LocalError

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = "import boto3, pydantic, aws_lambda_powertools, jwt, stripe, shippo, twilio"


def test_the_runtimes_sdk_and_the_layers_are_shipped_and_no_tool_is() -> None:
    names = shipped()
    assert {"boto3", "botocore", "urllib3", "pydantic", "stripe", "twilio"} <= names
    assert names & {"pharmonico", "pytest", "ministack", "starlette", "aws-cdk-lib"} == set()


def test_the_links_are_enough_to_import_every_layer(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    link_packages(folder)
    command = f"import sys; sys.path[:0] = [{str(folder)!r}]; {IMPORTS}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr[-600:]) == (0, "")


def test_the_links_are_made_anew_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "of_an_older_lock").mkdir()
    link_packages(folder)
    names = {path.name for path in folder.iterdir()}
    assert "of_an_older_lock" not in names
    assert {"boto3", "six.py", "pydantic"} <= names


class Steps:
    """Records the commands instead of running them."""

    def __init__(self) -> None:
        self.run: list[str] = []

    def __call__(self, command: list[str]) -> None:
        self.run.append(command[-1])


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """An installation into a folder of the test's own, of a lock of its own."""
    steps = Steps()
    monkeypatch.setattr(installing, "FOLDER", tmp_path / "build")
    monkeypatch.setattr(installing, "LOCK", tmp_path / "lock.txt")
    monkeypatch.setattr(installing, "_run", steps)
    installing.LOCK.write_text("localstack==1\n")
    return steps


def test_it_is_installed_once_and_again_when_its_lock_has_changed(steps: Steps) -> None:
    told: list[str] = []
    for _ in range(2):
        ensure_installed(told.append)
    venv = str(installing.FOLDER / "venv")
    assert steps.run == [venv, str(installing.LOCK), str(installing.PLUGINS)]
    assert len(told) == 1
    installing.LOCK.write_text("localstack==2\n")
    ensure_installed(told.append)
    assert len(told) == 2


def test_a_failed_installation_is_begun_again(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: list[str]) -> None:
        raise LocalError("no network")

    with monkeypatch.context() as broken:
        broken.setattr(installing, "_run", fail)
        with pytest.raises(LocalError, match="no network"):
            ensure_installed(print)
    ensure_installed(print)
    assert len(steps.run) == 3


def test_a_step_that_fails_is_told_with_its_own_words() -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such wheel')"]
    with pytest.raises(LocalError, match="could not be installed:\nno such wheel"):
        installing._run(command)
