"""Build the layers for the Lambda runtime into build/layers: `python -m infra_cdk.build_layers`.

Third-party wheels come for Python 3.13 on arm64 whatever machine builds them, exactly as locked.
Everything is compiled beforehand where a Python 3.13 is at hand, which halves the imports.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from infra_cdk.paths import BUILT_LAYERS, LAYERS, NOT_SHIPPED, REQUIREMENTS, ROOT

OWN = ("ncpdp", "pharmonico")
VERSION = "3.13"
PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")
STAMP = ".built"
SCRIPTS = "bin"  # what pip puts beside the packages; nobody runs it in a function


class BuildFailed(RuntimeError):
    """A step of the build failed; its own output says why."""


def main() -> None:
    """Build every layer that is missing or older than what it is made of."""
    compiler = python_313()
    if compiler is None:
        print(f"no Python {VERSION} here: layers ship uncompiled and import more slowly")  # noqa: T201 - a command speaks by printing
    try:
        for requirements in sorted(REQUIREMENTS.glob("vendor_*.txt")):
            build_vendor(requirements, BUILT_LAYERS / requirements.stem, compiler)
        for name in OWN:
            build_own(LAYERS / name, BUILT_LAYERS / name, compiler)
    except BuildFailed as error:
        sys.exit(f"pharmonico: {error}")
    print(f"layers are in {BUILT_LAYERS.relative_to(ROOT)}")  # noqa: T201 - a command speaks by printing


def build_vendor(requirements: Path, layer: Path, compiler: str | None) -> None:
    """Unpack the locked wheels, unless this very lock is unpacked already."""
    wanted = hashlib.sha256(requirements.read_bytes() + str(compiler).encode()).hexdigest()
    stamp = layer / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    shutil.rmtree(layer, ignore_errors=True)
    _run(pip_command(requirements, layer / "python"), f"wheels of {layer.name}")
    shutil.rmtree(layer / "python" / SCRIPTS, ignore_errors=True)
    _compile(layer, compiler)
    stamp.write_text(wanted)


def build_own(source: Path, layer: Path, compiler: str | None) -> None:
    """Copy our own package; it changes too often to be asked whether it has."""
    shutil.rmtree(layer, ignore_errors=True)
    ignored = shutil.ignore_patterns(*NOT_SHIPPED)
    shutil.copytree(source / "python", layer / "python", ignore=ignored)
    _compile(layer, compiler)


def pip_command(requirements: Path, target: Path) -> list[str]:
    """The pip call that unpacks wheels for the Lambda runtime."""
    platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
    return [
        *(sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"),
        *("--requirement", str(requirements), "--require-hashes", "--no-deps"),
        *("--target", str(target), "--no-compile", "--only-binary=:all:"),
        *("--implementation", "cp", "--python-version", VERSION),
        *platforms,
    ]


def python_313() -> str | None:
    """An interpreter of the runtime's version: compiled files are good for that one alone."""
    if sys.version_info[:2] == tuple(int(part) for part in VERSION.split(".")):
        return sys.executable
    uv = Path(sys.executable).with_name("uv")
    if not uv.is_file():
        return shutil.which(f"python{VERSION}")
    found = subprocess.run(  # noqa: S603 - our own environment's uv
        [str(uv), "python", "find", "--no-project", "--no-python-downloads", VERSION],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or None


def _compile(layer: Path, compiler: str | None) -> None:
    """Unchecked: the runtime need not look at the source; and tracebacks say /opt/python."""
    if compiler is None:
        return
    command = [compiler, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    _run([*command, "-s", str(layer), "-p", "/opt", str(layer / "python")], f"{layer.name}")


def _run(command: list[str], what: str) -> None:
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - commands made above
        raise BuildFailed(f"{what}: the step above failed")


if __name__ == "__main__":
    main()
