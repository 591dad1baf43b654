"""Stripe's form encoding: `line_items[0][price_data][currency]=usd` to nested lists and dicts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from local.sandbox.state import Json

DEPTH_MAX = 8
_STEP = re.compile(r"\[([^\]]*)\]")


def nested(pairs: Iterable[tuple[str, str]]) -> Json:
    """Fold bracketed names into a tree; `name[]` appends, all-number keys become lists."""
    root: Json = {}
    for name, value in pairs:
        head, bracket, rest = name.partition("[")
        steps = [head, *_STEP.findall(bracket + rest)][:DEPTH_MAX]
        _place(root, steps, value)
    return {name: _listed(node) for name, node in root.items()}


def _place(node: Json, steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        below = node.setdefault(step or str(len(node)), {})
        if not isinstance(below, dict):
            return
        node = below
    node[steps[-1] or str(len(node))] = value


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    children = {key: _listed(child) for key, child in node.items()}
    if children and all(key.isdigit() for key in children):
        return [children[key] for key in sorted(children, key=int)]
    return children
