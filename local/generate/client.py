"""The sites' typed client of the API, written from the exported description."""

from __future__ import annotations

from local.place import ROOT
from local.web.packages import ensure_packages, run

DESCRIPTION = ROOT / "api" / "fulfillment.openapi.json"
TARGET = "web/shared/src/api/schema.ts"
TOOL = "node_modules/openapi-typescript/bin/cli.js"


def files() -> dict[str, str]:
    """The types of every route, as openapi-typescript writes them."""
    ensure_packages(print)
    return {TARGET: run(["node", TOOL, str(DESCRIPTION)])}
