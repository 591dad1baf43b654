"""The word each identifier's problem is called by: findings are made of it."""

from __future__ import annotations

import pytest
from ncpdp import identifiers


@pytest.mark.parametrize(
    ("value", "problem"),
    [("210988", "malformed"), ("2109887", "check_digit"), ("2109886", None)],
)
def test_ncpdp_id(value: str, problem: str | None) -> None:
    assert identifiers.ncpdp_id_problem(value) == problem
