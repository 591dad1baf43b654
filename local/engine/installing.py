"""LocalStack's code in an environment of its own under the clone; made at the first start.

Its pins and the project's exclude each other. Functions run on the project's interpreter, with
what Lambda would give them: the SDK of the runtime and the third-party layers, nothing else.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Say = Callable[[str], None]

FOLDER = ROOT / "build" / "localstack-host"
PLUGINS = ROOT / "local" / "localstack_host"
REQUIREMENTS = ROOT / "requirements"
LOCK = REQUIREMENTS / "localstack_host.txt"
RUNTIME = "boto3"  # with what it needs: the one library that Lambda's own Python has
PIP = ("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile")
IN_PLACE = ("--no-deps", "--no-build-isolation", "--editable")
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9][\w.-]*")
ERROR_LINES = 5


def python() -> Path:
    """The interpreter that LocalStack runs on."""
    return FOLDER / "venv" / "bin" / "python"


def packages() -> Path:
    """What functions may import beside their own code: links into the project's environment."""
    return FOLDER / "packages"


def ensure_installed(say: Say) -> None:
    """Bring the environment up to date; says so, because it takes a minute."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _alone():
        if _once("environment", made_of=[LOCK]):
            say("installing LocalStack's code into build/localstack-host (once, a minute or two)")
            _run([sys.executable, "-m", "venv", "--clear", str(FOLDER / "venv")])
            _run([str(python()), *PIP, "--require-hashes", "--requirement", str(LOCK)])
            _done("environment", made_of=[LOCK])
        ours = [LOCK, PLUGINS / "pyproject.toml", REQUIREMENTS / "lock.txt", *_vendors()]
        if _once("plugins", made_of=ours):
            _run([str(python()), *PIP, *IN_PLACE, str(PLUGINS)])
            link_packages(packages())
            _done("plugins", made_of=ours)


def link_packages(folder: Path) -> None:
    """Fill the folder with links to the runtime's and the layers' packages, and to no other."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in shipped():
        for entry in _top_level(name):
            link = folder / entry.name
            if not link.exists():
                link.symlink_to(entry)


def shipped() -> set[str]:
    """The names of all packages that a function may find on AWS, in whichever layer."""
    locked = {name for lock in _vendors() for name in PIN.findall(lock.read_text())}
    return locked | _with_needs(RUNTIME)


def _with_needs(name: str) -> set[str]:
    """The package and, again and again, what it needs without extras."""
    needs = [need for need in distribution(name).requires or [] if "extra ==" not in need]
    names = [match.group() for need in needs if (match := NAME.match(need))]
    return {name}.union(*map(_with_needs, names))


def _top_level(name: str) -> set[Path]:
    """The files and folders that the package puts onto the path."""
    found = distribution(name)
    tops = {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}
    return {Path(str(found.locate_file(top))) for top in tops}


def _vendors() -> list[Path]:
    return sorted(REQUIREMENTS.glob("vendor_*.txt"))


def _once(step: str, *, made_of: list[Path]) -> bool:
    """Whether the step is to be done, because it never was or what it is made of has changed."""
    stamp = FOLDER / f"{step}.sha256"
    return not stamp.is_file() or stamp.read_text() != _digest(made_of)


def _done(step: str, *, made_of: list[Path]) -> None:
    (FOLDER / f"{step}.sha256").write_text(_digest(made_of))


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256(f"{sys.version}{ROOT}".encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once would install into each other's hands."""
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-ERROR_LINES:])
        raise LocalError(f"LocalStack's code could not be installed:\n{said}")
