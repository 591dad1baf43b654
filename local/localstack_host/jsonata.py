"""JSONata in Python, where LocalStack would download a Java runtime and start it."""

from __future__ import annotations

from typing import Any

from jsonata import Jsonata


def evaluate(expression: str) -> Any:
    """The expression's value as JSON has it; raises what the evaluator raises.

    The expression declares its variables itself, so there is no document.
    """
    return as_json(Jsonata.jsonata(expression).evaluate(None))


def as_json(value: Any) -> Any:
    """Plain lists and objects, and whole characters: the evaluator reads half ones from escapes."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {as_json(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value
