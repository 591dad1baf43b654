"""Make the clone's own environment; runs on the system's Python with nothing installed."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
NODE_MIN = (20, 19)


def main(argument: str) -> None:
    """Check Node with --node, else bring the environment named by the argument up to date."""
    if argument == "--node":
        require_node()
    else:
        build(ROOT / argument)


def require_node() -> None:
    """Refuse early what the CDK would refuse late: it writes its templates with Node."""
    node = shutil.which("node")
    if node is None:
        stop("node is missing: install Node 20.19 or newer (22 recommended, see nodejs.org)")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    parts = version.stdout.strip().lstrip("v").split(".")[:2]
    if not all(part.isdigit() for part in parts) or tuple(map(int, parts)) < NODE_MIN:
        stop(f"node is {version.stdout.strip()}: version 20.19 or newer is needed")


def build(venv: Path) -> None:
    """Install the lock and this clone, unless the stamp says that exactly this stands already."""
    ready, python = venv / ".ready", venv / "bin" / "python"
    wanted = fingerprint()
    if ready.is_file() and ready.read_text() == wanted:
        ready.touch()
        return
    if not works(python):
        create(venv)
    print("pharmonico: installing the locked dependencies into .venv (once, a minute or two)")
    # Twice quiet: warnings about somebody's pip settings would bury the errors that remain.
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # Compiling everything ahead would double the wait; what is used compiles on first use.
    run([*pip, "--no-compile", "--require-hashes", "--requirement", "requirements/lock.txt"])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
    ready.write_text(wanted)


def works(python: Path) -> bool:
    """Say whether an earlier, perhaps interrupted, start left a usable environment."""
    if not python.exists():
        return False
    return (
        subprocess.run([python, "-m", "pip", "-V"], capture_output=True, check=False).returncode
        == 0
    )


def create(venv: Path) -> None:
    """Make an empty environment; Debian ships Python without the module for it."""
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        stop("python3 -m venv does not work: install it (Debian, Ubuntu: apt install python3-venv)")


def run(command: list[str]) -> None:
    """Run one step; its own message says what went wrong."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        stop("the step above failed: mend what it names and run make again")


def stop(sentence: str) -> NoReturn:
    """Give up with one clear line."""
    sys.exit(f"pharmonico: {sentence}")


def fingerprint() -> str:
    """Digest what decides the environment: the lock, the package's facts, the interpreter."""
    digest = hashlib.sha256(f"{sys.version}{ROOT}".encode())
    for name in ("requirements/lock.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
