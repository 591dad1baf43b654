"""Codes in a source: calls of error classes and field errors whose code is written out."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CODE = re.compile(r"[a-z][a-z_]*(\.[a-z0-9_]+)+")
DETAILS = {"FieldError": 1, "Detail": 1}
"""Parts of errors that carry a code of their own, and the position it stands at."""


class Found(NamedTuple):
    """A code's status, where its class has one, and the words it is raised with, where they stand
    beside it."""

    status: int | None
    detail: str

    def or_else(self, other: Found) -> Found:
        """With what only the other one knows; the words are those of an error rather than of a
        part of one."""
        is_part = self.status is None and other.status is not None
        first, second = (other, self) if is_part else (self, other)
        return Found(first.status, first.detail or second.detail)


def codes_in(source: str, statuses: Mapping[str, int]) -> dict[str, Found]:
    """Every code of one file; `statuses` names the error classes."""
    tree = ast.parse(source)
    found: dict[str, Found] = {}
    for call, owner in _calls(tree):
        status = _status(call, owner, statuses, tree)
        if status == _NOT_AN_ERROR:
            continue
        values = (*call.args, *(keyword.value for keyword in call.keywords))
        texts = [_text(value) for value in (*values, *_defaults(call, owner))]
        code = next((text for text in texts if CODE.fullmatch(text)), "")
        if code:
            words = [text for text in texts if " " in text]
            one = Found(status, " ".join(words[0].split()) if words else "")
            found[code] = one if code not in found else found[code].or_else(one)
    return found


_NOT_AN_ERROR = -1


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.ClassDef | None]]:
    """Every call with the class it stands in."""
    for node in tree.body:
        owner = node if isinstance(node, ast.ClassDef) else None
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                yield inner, owner


def _status(
    call: ast.Call, owner: ast.ClassDef | None, statuses: Mapping[str, int], tree: ast.Module
) -> int | None:
    """The status of the class that is made here, None for a part of an error."""
    name = _name(call.func)
    if name in DETAILS:
        return None
    if name == "__init__" and owner is not None:
        return _of_class(owner.name, statuses, tree)
    return _of_class(name, statuses, tree)


def _of_class(name: str, statuses: Mapping[str, int], tree: ast.Module) -> int:
    """By name, or by the base class where the file declares the class itself."""
    if name in statuses:
        return statuses[name]
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name and node.bases:
            return _of_class(_name(node.bases[0]), statuses, tree)
    return _NOT_AN_ERROR


def _defaults(call: ast.Call, owner: ast.ClassDef | None) -> list[ast.expr]:
    """What an error class says where its caller says nothing."""
    if _name(call.func) != "__init__" or owner is None:
        return []
    makers = (node for node in owner.body if isinstance(node, ast.FunctionDef))
    return [value for maker in makers if maker.name == "__init__" for value in maker.args.defaults]


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str:
    """A text as written; what is put in at run time shows as `…`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return ""
