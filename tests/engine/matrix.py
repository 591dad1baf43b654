"""What one run of the suite found, and the file that keeps it for `docs/engines.md`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local.generate.engines import MATRIX
from tests.engine.checks import CHECKS, not_served

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PREFIX = "test_"


@dataclass
class Verdicts:
    """One engine's run: of every test, whether its setup, its call and its end went well."""

    engine: str
    _tests: dict[str, dict[str, bool]] = field(default_factory=dict)

    def note(self, test: str, *, module: str, passed: bool) -> None:
        """One phase of a test; a single bad one fails the test."""
        tests = self._tests.setdefault(module.removeprefix(PREFIX), {})
        tests[test] = tests.get(test, True) and passed

    def results(self) -> dict[str, dict[str, str]]:
        """By check, what the page tells of it; checks that did not run are left out."""
        found: dict[str, dict[str, str]] = {}
        reasons = not_served(self.engine)
        for check in CHECKS:
            if check in reasons:
                found[check] = {"outcome": "not served", "reason": reasons[check]}
            elif tests := self._tests.get(check):
                found[check] = {"outcome": "passed" if all(tests.values()) else "failed"}
        return found


def keep(
    engine: str, version: str, results: Mapping[str, Any], *, path: Path = MATRIX
) -> list[str]:
    """Put a whole run into the file in place of the engine's last one; the others' stay.

    Returns the checks that did not run: with any, nothing is written.
    """
    if missing := [check for check in CHECKS if check not in results]:
        return missing
    before = json.loads(path.read_text())["engines"] if path.exists() else {}
    mine = {engine: {"version": version, "results": dict(results)}}
    content = {"checks": CHECKS, "engines": before | mine}
    path.write_text(json.dumps(content, indent=1) + "\n")
    return []
