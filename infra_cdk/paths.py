"""Where the parts that are packed into assets lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ROOT / "functions"
LAYERS = ROOT / "layers"
STATE_MACHINES = ROOT / "statemachines"
REQUIREMENTS = ROOT / "requirements"
BUILT_LAYERS = ROOT / "build" / "layers"
BUNDLES = ROOT / "build" / "bundles"

NOT_SHIPPED = ("__pycache__", ".DS_Store", ".*_cache")
