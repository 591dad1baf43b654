"""Write the CloudFormation templates, unless nothing they are made of has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from local.environment import child_environment
from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INPUTS = ("infra_cdk", "statemachines", "functions", "layers", "requirements", "build/layers")
STAMP = "inputs.sha256"
TIMEOUT_S = 300
ERROR_LINES = 15
QUIET = {"JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1"}


def synthesise(
    assembly: Path,
    *,
    stage: str,
    settings: Path | None = None,
    inputs: tuple[str, ...] = INPUTS,
) -> bool:
    """Bring the assembly up to date; says whether it had to be written."""
    wanted = fingerprint(stage=stage, settings=settings, inputs=inputs)
    stamp = assembly / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    shutil.rmtree(assembly, ignore_errors=True)
    command = [sys.executable, "-m", "infra_cdk.app", "--stage", stage, "--out", str(assembly)]
    done = subprocess.run(
        [*command, "--settings", str(settings)] if settings else command,
        cwd=ROOT,
        env=child_environment(QUIET),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-ERROR_LINES:])
        raise LocalError(f"the templates could not be written:\n{tail}")
    stamp.write_text(wanted)
    return True


def fingerprint(*, stage: str, settings: Path | None, inputs: tuple[str, ...] = INPUTS) -> str:
    """A digest of everything the templates and their assets are made of."""
    digest = hashlib.sha256(stage.encode())
    if settings and settings.is_file():
        digest.update(settings.read_bytes())
    for path in sorted(_files(inputs)):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(inputs: tuple[str, ...]) -> Iterator[Path]:
    for name in inputs:
        for folder, folders, files in os.walk(ROOT / name):
            folders[:] = [each for each in folders if each != "__pycache__"]
            yield from (ROOT / folder / file for file in files)
