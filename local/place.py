"""Where one local cloud keeps its things: a folder of its own, so that many can run at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
REGION = "us-east-1"
ACCOUNT = "000000000000"
DEFAULT_ENGINE = "ministack"


class LocalError(Exception):
    """Something the developer can mend; its text is the one line that says how."""


@dataclass(frozen=True)
class Place:
    """The data folder and what lies in it; everything under it may be wiped."""

    data: Path = ROOT / ".local"
    engine: str = DEFAULT_ENGINE  # whose data lies here

    @property
    def ports(self) -> Path:
        """The chosen ports: {"engine": 4566, "sandbox": 8090, "edge": 8080}."""
        return self.data / "ports.json"

    @property
    def settings(self) -> Path:
        """What the synth must know of this machine; the stage's own settings file."""
        return self.data / "settings.json"

    @property
    def wishes(self) -> Path:
        """The developer's own settings of the stage, laid over the others; nobody writes it."""
        return self.data / "stage.json"

    @property
    def outputs(self) -> Path:
        """The outputs of the deployed stacks: {stack: {output: value}}."""
        return self.data / "outputs.json"

    @property
    def keys(self) -> Path:
        """The key that signs links: what it signed outlives an engine that forgets it."""
        return self.data / "keys.json"

    @property
    def half_updated(self) -> Path:
        """It is there when the engine cannot go on from its last update."""
        return self.data / "half-updated"

    @property
    def assembly(self) -> Path:
        """The synthesised templates and assets."""
        return self.data / "cdk.out"

    @property
    def state(self) -> Path:
        """The engine's checkpoints."""
        return self.data / "engine" / "state"

    @property
    def objects(self) -> Path:
        """The engine's S3 objects."""
        return self.data / "engine" / "s3"

    @property
    def scratch(self) -> Path:
        """The engine's temporary files; emptied at every start."""
        return self.data / "engine" / "tmp"

    def log(self, name: str) -> Path:
        """The log file of a background process."""
        return self.data / "logs" / f"{name}.log"

    def pid(self, name: str) -> Path:
        """The file that a background process keeps locked while it lives."""
        return self.data / "run" / f"{name}.pid"


def read_json(path: Path) -> dict[str, Any]:
    """The file's object; nothing when it is absent or was cut short by a crash."""
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write whole or not at all: a half-written file would outlive the crash that made it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")
    fresh.replace(path)
