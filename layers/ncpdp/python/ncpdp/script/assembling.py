"""A message put together again from its model and from the pieces that the model does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from ncpdp.script.dialects import from_model_shape
from ncpdp.script.rendering import in_text, model_tree
from ncpdp.script.serialise import Prefixes
from ncpdp.script.trees import at_path, refuse_depth
from ncpdp.script.whole import whole_tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ncpdp.script.model.message import ScriptMessage

Extension = dict[str, Any]


def assembled(
    message: ScriptMessage,
    extensions: list[Extension],
    prefixes: dict[str, str],
    indent: str | None,
) -> bytes:
    """The document; `prefixes` maps namespace to prefix. Raises KeyError with a path that leads
    nowhere, and TooLarge."""
    root = model_tree(message)
    elements, attributes = dict(prefixes), dict(prefixes)
    for one in extensions:
        used = _put_back(root, one)
        elements |= used.elements
        attributes |= used.attributes
    refuse_depth(root)
    from_model_shape(root, message.version)
    if indent:
        ET.indent(root, indent)
    return in_text(root, message.namespace, Prefixes(elements, attributes))


def _put_back(root: Element, one: Extension) -> Prefixes:
    """Put one piece into its place; what it calls its namespaces."""
    path, _, attribute = one["path"].partition("/@")
    parent = at_path(root, path)
    if parent is None:
        raise KeyError(one["path"])
    if attribute:
        parent.set(attribute, one["value"])
        return Prefixes()
    piece, prefixes = _piece(one["xml"])
    if "at" in one:
        parent.insert(one["at"], piece)
    else:
        _replace(root, path, parent, piece)
    return prefixes


def _piece(xml: str) -> tuple[Element, Prefixes]:
    """An element, or a remark, which cannot be a document alone."""
    holder, prefixes = whole_tree(f"<Holder>{xml}</Holder>")
    piece = holder[0]
    piece.tail = None
    return piece, prefixes


def _replace(root: Element, path: str, old: Element, new: Element) -> None:
    parent = at_path(root, path.rpartition("/")[0])
    if parent is not None:
        parent[:] = [new if child is old else child for child in parent]
