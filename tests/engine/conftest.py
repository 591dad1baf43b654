"""Leaves out what the engine is declared not to serve; keeps what was found when asked to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local.engine.registry import engine_named
from local.environment import given
from local.place import DEFAULT_ENGINE
from tests.engine.checks import not_served
from tests.engine.matrix import PREFIX, Verdicts, keep

if TYPE_CHECKING:
    from collections.abc import Generator

HERE = Path(__file__).parent
VERDICTS = pytest.StashKey[Verdicts]()
"""What this run has found so far."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the checks of this folder that are declared as not served."""
    engine = given("ENGINE") or DEFAULT_ENGINE
    config.stash[VERDICTS] = Verdicts(engine)
    without = {f"{PREFIX}{check}" for check in not_served(engine)}
    gone = [item for item in items if HERE in item.path.parents and item.path.stem in without]
    items[:] = [item for item in items if item not in gone]
    config.hook.pytest_deselected(items=gone)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    verdicts = item.config.stash[VERDICTS]
    verdicts.note(item.nodeid, module=item.path.stem, passed=report.passed)
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was not served, and write the matrix with --write-matrix."""
    verdicts = config.stash.get(VERDICTS, None)
    if verdicts is None:
        return
    for check, reason in not_served(verdicts.engine).items():
        terminalreporter.write_line(f"not served by {verdicts.engine}: {check}: {reason}")
    if config.getoption("--write-matrix"):
        version = engine_named(verdicts.engine).version
        missing = keep(verdicts.engine, version, verdicts.results())
        said = f"not written, these did not run: {', '.join(missing)}" if missing else "written"
        terminalreporter.write_line(f"matrix {said}")
