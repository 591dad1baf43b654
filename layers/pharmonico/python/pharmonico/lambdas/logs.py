"""One structured logger per process; ids and codes go in, objects never do."""

from __future__ import annotations

from functools import lru_cache

from aws_lambda_powertools import Logger


@lru_cache(maxsize=1)
def logger() -> Logger:
    """The process's logger; service and level come from the environment Powertools reads."""
    return Logger()
