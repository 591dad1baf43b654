"""Importing does nothing: no environment, client or clock at module level."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATHS = ["layers/ncpdp/python", "layers/pharmonico/python", "."]
# One process imports them all without an environment and counts the sockets it was asked for.
PROGRAM = """
import importlib, socket, sys

def refuse(*arguments, **options):
    raise OSError("importing must not open a socket")

socket.socket.connect = refuse
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def module_of(name: str) -> str:
    for prefix in PATHS[:2]:
        name = name.removeprefix(f"{prefix}/")
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_every_module_imports_with_an_empty_environment(sources: dict[str, str]) -> None:
    shipped = [name for name in sources if name.startswith(("layers/", "functions/"))]
    modules = sorted(module_of(name) for name in shipped)
    paths = os.pathsep.join(str(ROOT / path) for path in PATHS)
    command = [sys.executable, "-c", PROGRAM, *modules]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr[-600:]) == (0, "")
