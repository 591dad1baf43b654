"""Which environment names a function's own files ask the adapters for, read from the source."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from pharmonico.kit.settings import Settings

from infra_cdk.paths import FUNCTIONS, LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADAPTERS = LAYERS / "pharmonico" / "python" / "pharmonico" / "adapters"
PREFIX = "pharmonico.adapters"


def asked_for(function: str) -> set[str]:
    """Names that the adapters a function wires will read, sooner or later."""
    names: set[str] = set()
    for path in (FUNCTIONS / function).rglob("*.py"):
        tree = _tree(path)
        names |= _below(tree)
        for factory in _factories(tree):
            names |= _asked_by(factory)
        names |= set(_settings(tree))
    return names


@cache
def _asked_by(factory: str) -> frozenset[str]:
    """What one factory of `adapters.aws` reads, through the adapters it imports itself."""
    found = [each for each in ast.walk(_tree(ADAPTERS / "aws.py")) if _is(each, factory)]
    return frozenset(name for each in found for name in {*_settings(each), *_below(each)})


def _below(tree: ast.AST) -> set[str]:
    """What the adapters that a piece of code imports read, and those that they import."""
    seen: set[Path] = set()
    todo = list(_imported(tree))
    while todo:
        path = todo.pop()
        if path not in seen and path.is_file():
            seen.add(path)
            todo += _imported(_tree(path))
    return {name for path in seen for name in _settings(_tree(path))}


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == name


def _factories(tree: ast.AST) -> Iterator[str]:
    """`aws.orders` -> orders."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_name(node.value, "aws"):
            yield node.attr


def _imported(tree: ast.AST) -> Iterator[Path]:
    """The adapter modules whose names a file imports; `adapters.aws` is read by factory."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
            for module in modules:
                if module.startswith(f"{PREFIX}.") and module != f"{PREFIX}.aws":
                    path = module.removeprefix(f"{PREFIX}.").replace(".", "/")
                    yield ADAPTERS / f"{path}.py"


def _settings(tree: ast.AST) -> Iterator[str]:
    """`settings().NAME` and `settings().need("NAME")`, whatever the settings are called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in Settings.model_fields:
            yield node.attr
        match node:
            case ast.Call(func=ast.Attribute(attr="need"), args=[ast.Constant(value=str(name))]):
                yield name


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())
