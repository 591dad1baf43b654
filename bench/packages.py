"""What a function finds on its path: its asset, its layers, and the runtime's boto3.

Nothing else of the project's environment is shown to it: a package that happens to be installed
for the tests (httpx, say) would be imported by an SDK here and not in Lambda.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from infra_cdk.paths import BUILT_LAYERS, FUNCTIONS, LAYERS, NOT_SHIPPED, REQUIREMENTS, ROOT

if TYPE_CHECKING:
    from infra_cdk.functions import FunctionSpec

FOLDER = ROOT / "build" / "bench"
RUNTIME = "runtime"
BOTO3 = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
OWN = ("ncpdp", "pharmonico")
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
MB = 1_000_000


def path_of(spec: FunctionSpec, *, compiled: bool) -> list[Path]:
    """The folders on the function's path; its layers carry .pyc files or none, as asked.

    Its asset never has any, as it is shipped; the runtime's own boto3 always has.
    """
    names = [*(f"vendor_{vendor}" for vendor in spec.vendors), *OWN]
    layers = [layer(name, compiled=compiled) for name in names]
    return [asset(spec), *layers, layer(RUNTIME, compiled=True)]


def asset(spec: FunctionSpec) -> Path:
    """The function's folder alone under `functions/`."""
    root = FOLDER / "assets" / spec.name
    shutil.rmtree(root, ignore_errors=True)
    ignored = shutil.ignore_patterns(*NOT_SHIPPED)
    shutil.copytree(
        FUNCTIONS / spec.name, root / "functions" / spec.name, ignore=ignored, copy_function=_link
    )
    return root


@cache
def layer(name: str, *, compiled: bool) -> Path:
    """The layer's packages as this environment has them; kept until they change."""
    folder = FOLDER / ("compiled" if compiled else "source") / name
    stamp = folder.with_suffix(".stamp")
    wanted = _fingerprint(name)
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for source in _sources(name):
        _take(source, folder / source.name)
    if compiled:
        _compile(folder)
    stamp.write_text(wanted)
    return folder


def code_bytes(spec: FunctionSpec) -> int:
    """Bytes of the unzipped asset and layers; built layers where they are, else as installed."""
    vendors = [f"vendor_{vendor}" for vendor in spec.vendors]
    return size(asset(spec)) + sum(size(shipped(name)) for name in (*vendors, *OWN))


def shipped(name: str) -> Path:
    """The layer as `make build` left it, else what this environment has for it."""
    built = BUILT_LAYERS / name
    return built if built.is_dir() else layer(name, compiled=True)


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _sources(name: str) -> tuple[Path, ...]:
    """The files and folders a layer puts at the top of the path."""
    if name in OWN:
        return (LAYERS / name / "python" / name,)
    return tuple(path for wheel in _wheels(name) for path in _tops(wheel))


def _wheels(name: str) -> tuple[str, ...]:
    if name == RUNTIME:
        return BOTO3
    return tuple(PIN.findall((REQUIREMENTS / f"{name}.txt").read_text()))


@cache
def _tops(wheel: str) -> tuple[Path, ...]:
    found = distribution(wheel)
    tops = {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}
    return tuple(Path(str(found.locate_file(top))) for top in sorted(tops))


def _fingerprint(name: str) -> str:
    """Vendors change with their lock, our own layers with any file."""
    if name in OWN:
        files = sorted((LAYERS / name / "python").rglob("*.py"))
        text = "".join(f"{path}{path.stat().st_mtime_ns}" for path in files)
    else:
        text = "".join(f"{wheel}{distribution(wheel).version}" for wheel in _wheels(name))
    return hashlib.sha256(f"{sys.version}{text}".encode()).hexdigest()


def _take(source: Path, target: Path) -> None:
    if source.is_dir():
        ignored = shutil.ignore_patterns(*NOT_SHIPPED)
        shutil.copytree(source, target, ignore=ignored, copy_function=_link, dirs_exist_ok=True)
    elif not target.exists():
        _link(str(source), str(target))


def _link(source: str, target: str) -> None:
    """A second name for the same file where the disk can do that: these are many megabytes."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _compile(folder: Path) -> None:
    """As the build does it: the runtime need not even look at the source's date."""
    command = [sys.executable, "-m", "compileall", "-q", "-j", "0"]
    subprocess.run([*command, "--invalidation-mode", "unchecked-hash", str(folder)], check=False)
