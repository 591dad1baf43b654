"""JSONata without Java gives what JSON has: plain lists, whole characters, numbers as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonata.jexception import JException

from local.localstack_host.jsonata import evaluate


def bound(name: str, value: Any, expression: str) -> Any:
    """The expression as LocalStack hands it over: what it knows is declared in front of it."""
    return evaluate(f"({name}:={json.dumps(value)};{expression})")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$states.input.outcome = 'valid'", True),
        ("$exists($states.input.failure) ? 'failed' : ''", ""),
        ("[$states.input.items[n > 1].n]", [2, 3]),
        ("[$states.input.items[n > 3].n]", []),
        ("$states.input.nothing", None),
        ("$states.input", {"outcome": "valid", "items": [{"n": 1}, {"n": 2}, {"n": 3}]}),
        ("$states.input.items[0].n + 0.5", 1.5),
        ("$count($states.input.items)", 3),
    ],
)
def test_an_expression_sees_the_states_data(expression: str, value: Any) -> None:
    items = [{"n": 1}, {"n": 2}, {"n": 3}]
    states = {"input": {"outcome": "valid", "items": items}}
    found = bound("$states", states, expression)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ['he said "no"\n', "café ✓", "\U0001f600 pill", "a\\b/c"])
def test_text_comes_back_as_it_went_in(text: str) -> None:
    assert bound("$states", {"input": {"cause": text}}, "$states.input.cause") == text
    assert bound("$states", {"input": {text: 1}}, "$states.input") == {text: 1}


def test_what_cannot_be_evaluated_raises() -> None:
    with pytest.raises(JException):
        evaluate("$error('no')")
    with pytest.raises(JException):
        evaluate("1 +")
