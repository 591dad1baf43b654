"""The page of engines tells what the suite of today found on the engines of today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.engine.registry import ENGINES
from local.generate.engines import COLUMNS, MATRIX, page
from tests.engine.checks import CHECKS, NOT_SERVED, not_served
from tests.engine.matrix import Verdicts, keep

SUITE = Path(__file__).parents[2] / "engine"


@pytest.fixture
def kept() -> dict[str, Any]:
    return dict(json.loads(MATRIX.read_text()))


def test_every_check_has_its_tests_and_every_test_its_check() -> None:
    assert {path.stem.removeprefix("test_") for path in SUITE.glob("test_*.py")} == set(CHECKS)


def test_the_page_is_of_the_checks_there_are(kept: dict[str, Any]) -> None:
    assert list(kept["checks"].items()) == list(CHECKS.items())
    for engine, ran in kept["engines"].items():
        said = {check: result.get("reason") for check, result in ran["results"].items()}
        assert said == {check: NOT_SERVED.get(engine, {}).get(check) for check in CHECKS}


def test_the_page_is_of_the_versions_there_are(kept: dict[str, Any]) -> None:
    ran = {engine: found["version"] for engine, found in kept["engines"].items()}
    assert ran == {engine: ENGINES[engine].version for engine in ran}


def test_every_engine_has_its_column() -> None:
    assert set(ENGINES) <= {column.engine for column in COLUMNS}


def test_only_an_engine_that_keeps_nothing_is_spared_the_restart() -> None:
    keeping = {name: engine.keeps_data for name, engine in ENGINES.items()}
    assert {name: "restart" not in not_served(name) for name in ENGINES} == keeping


def a_run(engine: str = "ministack", *, failing: str = "") -> Verdicts:
    run = Verdicts(engine)
    for check in CHECKS:
        run.note(f"{check}::setup and call", module=f"test_{check}", passed=True)
        run.note(f"{check}::setup and call", module=f"test_{check}", passed=check != failing)
        run.note(f"{check}::another", module=f"test_{check}", passed=True)
    return run


def test_one_bad_phase_of_one_test_fails_the_check() -> None:
    results = a_run(failing="cancel").results()
    failed = [check for check, result in results.items() if result["outcome"] == "failed"]
    assert failed == ["cancel"]
    assert results["redrive"] == {"outcome": "passed"}


def test_a_run_takes_the_place_of_the_engines_last_one(tmp_path: Path) -> None:
    path = tmp_path / "engines.json"
    assert keep("ministack", "1", a_run(failing="cancel").results(), path=path) == []
    assert keep("other", "7", a_run().results(), path=path) == []
    assert keep("ministack", "2", a_run().results(), path=path) == []
    engines = json.loads(path.read_text())["engines"]
    assert {name: engine["version"] for name, engine in engines.items()} == {
        "ministack": "2",
        "other": "7",
    }
    assert engines["ministack"]["results"]["cancel"]["outcome"] == "passed"


def test_half_a_run_is_not_kept(tmp_path: Path) -> None:
    run = Verdicts("ministack")
    run.note("one", module="test_cancel", passed=True)
    missing = keep("ministack", "1", run.results(), path=tmp_path / "engines.json")
    assert missing == [check for check in CHECKS if check != "cancel"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_served_stands_on_the_page_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NOT_SERVED, "ministack", {"restart": "it forgets."})
    run = a_run(failing="cancel")
    path = tmp_path / "engines.json"
    keep("ministack", "1.5", run.results(), path=path)
    text = page(json.loads(path.read_text()))
    assert "| MiniStack 1.5 |" in text
    assert f"| {CHECKS['restart']} | not served |" in text
    assert f"| {CHECKS['cancel']} | failed |" in text
    assert f"| {CHECKS['redrive']} | passed | not run |" in text
    assert "- **MiniStack 1.5** does not serve `restart`: it forgets." in text
    assert "- **AWS** was not run here" in text
