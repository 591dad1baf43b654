"""The vendor layers for this interpreter: exactly what their locks name, and nothing beside it."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from infra_cdk.paths import REQUIREMENTS

RUNTIME = "runtime"
# What the Lambda runtime for Python brings along.
BOTO3 = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)


def layer_of(name: str, target: Path) -> Path:
    """A folder of links to the packages of a layer, as the environment has them installed."""
    layer = target / name
    layer.mkdir()
    for wheel in _wheels(name):
        for entry in _entries(wheel):
            link = layer / entry.name
            if not link.exists():
                link.symlink_to(entry)
    return layer


def _wheels(layer: str) -> tuple[str, ...]:
    if layer == RUNTIME:
        return BOTO3
    return tuple(_PIN.findall((REQUIREMENTS / f"{layer}.txt").read_text()))


@cache
def _entries(wheel: str) -> tuple[Path, ...]:
    """The files and folders a wheel puts at the top of the path."""
    found = distribution(wheel)
    tops = {
        file.parts[0] for file in found.files or () if file.parts[0] not in {"..", "__pycache__"}
    }
    return tuple(Path(str(found.locate_file(top))) for top in sorted(tops))
