"""Functions with their packages beside them, as one zip file from the sources as they are.

Beside, and not in a layer: one upload then changes whatever was saved, on engines with layers and
without. All functions of a save share it, which costs a thirtieth of a file for each.
"""

from __future__ import annotations

import io
import zipfile
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from infra_cdk.build_layers import OWN
from infra_cdk.packages import layer_folder, layer_names
from infra_cdk.paths import FUNCTIONS, LAYERS, NOT_SHIPPED
from local.deploy.assets import EPOCH, FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stages import Stage

FAST = 1  # of zlib's levels: it never leaves the machine


class Bundler:
    """Packs sources as they lie there at this moment."""

    def __init__(self, stage: Stage, *, functions: Path = FUNCTIONS, layers: Path = LAYERS) -> None:
        self._stage = stage
        self._functions = functions
        self._layers = layers

    def bundle(self, specs: Iterable[FunctionSpec]) -> bytes:
        """One zip file that serves each of these functions."""
        target, specs = io.BytesIO(), tuple(specs)
        with zipfile.ZipFile(target, "w") as archive:
            for name in sorted({name for spec in specs for name in layer_names(spec, self._stage)}):
                _add(archive, self._packages(name), below="")
            for spec in specs:
                _add(archive, self._functions / spec.name, below=f"functions/{spec.name}/")
        return target.getvalue()

    def _packages(self, name: str) -> Path:
        """Ours as they were saved, not as they were built."""
        own = self._layers / name if name in OWN else layer_folder(name, self._stage)
        return own / "python"


def _add(archive: zipfile.ZipFile, folder: Path, *, below: str) -> None:
    for path, name in _shipped(folder):
        entry = zipfile.ZipInfo(below + name, date_time=EPOCH)
        entry.external_attr = FILE_MODE
        archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=FAST)


def _shipped(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files with their names from the folder, but for what never travels."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        ignored = any(fnmatch(part, pattern) for part in name.parts for pattern in NOT_SHIPPED)
        if path.is_file() and not ignored:
            yield path, name.as_posix()
