"""What the plugins are told by whoever starts the engine, as environment names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COMPANION_URL = "PHARMONICO_COMPANION_URL"
PYTHON = "PHARMONICO_FUNCTION_PYTHON"
PACKAGES = "PHARMONICO_FUNCTION_PACKAGES"
SCRATCH = "PHARMONICO_SCRATCH"
LISTENER = "PHARMONICO_LISTENER"


@dataclass(frozen=True)
class Settings:
    """Where DynamoDB is, and with what functions run."""

    companion_url: str
    python: Path
    packages: Path  # what a runtime brings along, and the third-party layers
    scratch: Path
    listener: int | None = None  # a descriptor; without it the engine binds its port itself

    def told(self) -> dict[str, str]:
        """The settings as environment names."""
        listener = {} if self.listener is None else {LISTENER: str(self.listener)}
        return listener | {
            COMPANION_URL: self.companion_url,
            PYTHON: str(self.python),
            PACKAGES: str(self.packages),
            SCRATCH: str(self.scratch),
        }


@cache
def settings() -> Settings:
    """This process's, read once."""
    told = os.environ  # noqa: TID251 - the plugins' own switches, not a function's settings
    return Settings(
        companion_url=told[COMPANION_URL],
        python=Path(told[PYTHON]),
        packages=Path(told[PACKAGES]),
        scratch=Path(told[SCRATCH]),
        listener=int(told[LISTENER]) if LISTENER in told else None,
    )
