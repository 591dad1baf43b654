"""A second, closer look at the bytes a message came in: where each finding is, and what is odd.

It costs another parse, so it is taken only when there is something to say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ncpdp import markup
from ncpdp.script.checking.structure import structure
from ncpdp.script.dialects import to_model_shape
from ncpdp.script.envelope import localise, unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.findings import Finding
    from ncpdp.script.model.message import ScriptMessage

Positions = dict[Element, tuple[int, int]]


def looked_up(message: ScriptMessage, found: list[Finding]) -> list[Finding]:
    """The findings with lines and columns, and those on the structure, if the source still holds.

    A message that was changed after it was read has no place in a source any more.
    """
    source = message.source
    if source is None or not message.is_unchanged:
        return found
    root, positions = _located(markup.decode(source.received or source.data))
    root = unwrap(root)
    localise(root)
    to_model_shape(root, message.version)
    if source.odd:
        found = [*found, *structure(root, message)]
    return [_placed(finding, root, positions) for finding in found]


def _located(text: str) -> tuple[Element, Positions]:
    builder, positions = TreeBuilder(), Positions()
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        named = {_qualified(name): value for name, value in attributes.items()}
        element = builder.start(_qualified(tag), named)
        positions[element] = (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_qualified(tag))
    parser.CharacterDataHandler = builder.data
    parser.Parse(text.encode(), True)
    return builder.close(), positions


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _placed(finding: Finding, root: Element, positions: Positions) -> Finding:
    """The element itself, or the innermost one around what is missing or was moved."""
    passed = [element for element in _passed(finding.path, root) if element in positions]
    line, column = positions[passed[-1]] if passed else (None, None)
    return replace(finding, line=line, column=column)


def _passed(path: str, root: Element) -> Iterator[Element]:
    """The elements on the way to a path, as far as they are there."""
    yield root
    steps = path.removeprefix("Message/").split("/")
    current = root if steps[0] == "Header" or path.startswith("Message/") else root.find("Body")
    for step in steps:
        tag, _, index = step.partition("[")
        same = [] if current is None else [child for child in current if child.tag == tag]
        place = int(index.rstrip("]")) if index else 1
        if len(same) < place:
            return
        current = same[place - 1]
        yield current
