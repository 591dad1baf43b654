"""functions/ is a namespace: with an `__init__.py` the repository would win over deployed code."""

from pathlib import Path

FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"


def test_functions_has_no_init() -> None:
    assert list(FUNCTIONS.glob("__init__.py")) == []
    assert list(FUNCTIONS.glob("*/handler.py")) != []
