"""What a message says beyond its model, as part of its JSON form.

`extensions` lists it in the order of the document: an element or remark to insert (`path` of the
parent, `at` its place among the children, `xml`), an attribute (`path` ending in `/@name`,
`value`), or an element that has to be taken whole (`path`, `xml`). `prefixes` and `indent` are
there where the sender used some. What is told here was tried: it gives the same tree again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ncpdp import markup
from ncpdp.json_reading import ITEMS_MAX
from ncpdp.script.dialects import from_model_shape, to_model_shape
from ncpdp.script.envelope import localise, unwrap
from ncpdp.script.model.version import Version
from ncpdp.script.rendering import built, model_tree, write_script
from ncpdp.script.trees import at_path, bare, cut_out, same_tree, steps
from ncpdp.script.whole import prefixes_of, whole_tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ncpdp.script.model.message import ScriptMessage

Extension = dict[str, Any]
_BETWEEN = re.compile(r">\s+<")
_INDENT = re.compile(r"<(?:[\w.-]+:)?Message\b[^>]*>\r?\n([ \t]{1,8})<")
_ALONE = re.compile(r"<(?:[\w.-]+:)?Message\b.*Message\s*>", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>\s*")


class _Whole(Exception):
    """The part cannot be told piece by piece."""


def remainder_of(message: ScriptMessage) -> dict[str, Any]:
    """The keys of the JSON form that carry what the model does not."""
    source = message.source
    if source is None:
        return {}
    unchanged = message.is_unchanged
    if message.version is Version.V10_6:
        text = markup.decode(source.data)
        return {"extensions": [_document(text)]} if unchanged else {}
    text = markup.decode(source.data if unchanged else write_script(message))
    if not _ALONE.fullmatch(_DECLARATION.sub("", text, count=1).strip()):
        return {"extensions": [_document(text)]}
    form: dict[str, Any] = {}
    if indent := _INDENT.search(text):
        form["indent"] = indent[1]
    if _compact(text) == _compact(built(message).decode()):
        return form
    prefixes = prefixes_of(text)
    given = {prefix: uri for uri, prefix in prefixes.items() if prefix}
    if given:
        form["prefixes"] = given
    if extensions := _extensions(message, text, prefixes):
        form["extensions"] = extensions
    return form


def _compact(text: str) -> str:
    return _BETWEEN.sub("><", _DECLARATION.sub("", text, count=1).strip())


def _document(text: str) -> Extension:
    return {"path": "Message", "xml": _DECLARATION.sub("", text, count=1).strip()}


def _extensions(message: ScriptMessage, text: str, prefixes: dict[str, str]) -> list[Extension]:
    """The pieces; the whole document where putting them together would not give it again."""
    root = unwrap(whole_tree(text)[0])
    localise(root)
    wanted = whole_tree(text)[0]
    localise(wanted)
    to_model_shape(root, message.version)
    found: list[Extension] = []
    try:
        _compare(root, model_tree(message), "Message", (found, prefixes))
    except _Whole:
        return [_document(text)]
    if len(found) > ITEMS_MAX:
        return [_document(text)]
    again = model_tree(message)
    put_back(again, found)
    from_model_shape(again, message.version)
    return found if same_tree(again, wanted) else [_document(text)]


def _compare(
    said: Element, mine: Element, path: str, out: tuple[list[Extension], dict[str, str]]
) -> None:
    """Add to the list what stands in one element and not in the other."""
    found, prefixes = out
    if bare(said.text) != bare(mine.text):
        raise _Whole
    if path != "Message":
        _attributes(said, mine, path, found)
    pairs: list[tuple[Element, Element, str]] = []
    rest = list(mine)
    for at, (child, inner) in enumerate(steps(said, path)):
        if bare(child.tail):
            raise _Whole
        if rest and child.tag == rest[0].tag:
            pairs.append((child, rest.pop(0), inner))
        else:
            found.append({"path": path, "at": at, "xml": cut_out(child, prefixes)})
    if rest:
        raise _Whole
    for theirs, ours, inner in pairs:
        _compare_or_take(theirs, ours, inner, out)


def _compare_or_take(
    said: Element, mine: Element, path: str, out: tuple[list[Extension], dict[str, str]]
) -> None:
    found, prefixes = out
    before = len(found)
    try:
        _compare(said, mine, path, out)
    except _Whole:
        del found[before:]
        found.append({"path": path, "xml": cut_out(said, prefixes)})


def _attributes(said: Element, mine: Element, path: str, found: list[Extension]) -> None:
    if not mine.attrib.items() <= said.attrib.items():
        raise _Whole
    for name, value in said.attrib.items():
        if name not in mine.attrib:
            found.append({"path": f"{path}/@{name}", "value": value})


def put_back(root: Element, extensions: list[Extension]) -> None:
    """Put the pieces into a tree that was built from the model; raises KeyError with a path that
    leads nowhere."""
    for one in extensions:
        path, _, attribute = one["path"].partition("/@")
        parent = at_path(root, path)
        if parent is None:
            raise KeyError(one["path"])
        if attribute:
            parent.set(attribute, one["value"])
        elif "at" in one:
            parent.insert(one["at"], _piece(one["xml"]))
        else:
            _replace(root, path, parent, _piece(one["xml"]))


def _piece(xml: str) -> Element:
    """An element, or a remark, which cannot be a document alone."""
    holder, _ = whole_tree(f"<Holder>{xml}</Holder>")
    piece = holder[0]
    piece.tail = None
    return piece


def _replace(root: Element, path: str, old: Element, new: Element) -> None:
    parent = at_path(root, path.rpartition("/")[0])
    if parent is not None:
        parent[:] = [new if child is old else child for child in parent]
