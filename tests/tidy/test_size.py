"""Small files and functions stay small; the limits only ever go down."""

from __future__ import annotations

import ast
import statistics

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50
FUNCTION_LINES_P90_MAX = 25
HANDLER_LINES_MAX = 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lengths(source: str) -> dict[str, int]:
    """Lines of every function, its decorators and docstring included."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, Function))
    return {
        f"{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1 for node in nodes
    }


def test_no_file_is_longer_than_its_limit(sources: dict[str, str]) -> None:
    long = {name: text.count("\n") for name, text in sources.items()}
    assert {name: lines for name, lines in long.items() if lines > FILE_LINES_MAX} == {}


def test_no_function_is_longer_than_its_limit(sources: dict[str, str]) -> None:
    long = {
        f"{name}::{function}": lines
        for name, text in sources.items()
        for function, lines in lengths(text).items()
        if lines > FUNCTION_LINES_MAX
    }
    assert long == {}


def test_nine_functions_of_ten_fit_half_a_screen(sources: dict[str, str]) -> None:
    product = (text for name, text in sources.items() if not name.startswith("tests/"))
    every = [lines for text in product for lines in lengths(text).values()]
    assert statistics.quantiles(every, n=10)[8] <= FUNCTION_LINES_P90_MAX


def test_a_handler_fits_one_screen(sources: dict[str, str]) -> None:
    handlers = {
        name: text.count("\n")
        for name, text in sources.items()
        if name.startswith("functions/") and name.endswith("/handler.py")
    }
    assert {name: lines for name, lines in handlers.items() if lines > HANDLER_LINES_MAX} == {}
