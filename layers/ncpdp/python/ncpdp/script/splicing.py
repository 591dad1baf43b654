"""Changed parts put into the text that a message came in; the rest of it is not read again.

Outside of remarks, instructions and CDATA every `<` begins a tag. So an element whose tag is there
once stands between that tag and its end, and can be cut out, changed and put back by itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from ncpdp.script.dialects import back_in_shape, to_model_shape
from ncpdp.script.fields import class_of, spec_of, specs
from ncpdp.script.model.bodies import OtherBody
from ncpdp.script.model.version import Version
from ncpdp.script.serialise import serialise
from ncpdp.script.texts import set_text
from ncpdp.script.writing import merge

if TYPE_CHECKING:
    from ncpdp.script.model.message import ScriptMessage

Place = tuple[int, int]
# Where an element stands in the text, and what it says before and after the change.
Change = tuple[Place, Any, Any]
_BEFORE = re.compile(r"\s*(?:<\?xml\s[^>]*\?>\s*)?(?=<Message[\s/>])")


def spliced(message: ScriptMessage, original: ScriptMessage, text: str) -> str | None:
    """The changed message from its root on, or None where the whole text has to be looked at."""
    before = _BEFORE.match(text)
    if before is None or not _is_like(message, original) or not _is_plain(text, before.end()):
        return None
    changes: list[Change] = []
    for tag, old, new in (
        ("Header", original.header, message.header),
        (message.type, original.body, message.body),
    ):
        place = _place(text, tag, (before.end(), len(text)))
        if place is None:
            return None
        if old != new:
            changes += _changes(text, place, (old, new), message.version)
    at = before.end()
    pieces: list[str] = []
    for place, old, new in sorted(changes, key=lambda change: change[0]):
        piece = _changed(text[slice(*place)], (old, new), message.version)
        if piece is None:
            return None
        pieces += text[at : place[0]], piece
        at = place[1]
    return "".join((*pieces, text[at:])).strip()


def _is_like(message: ScriptMessage, original: ScriptMessage) -> bool:
    """True when the frame is the same, and has the order of elements that the model has."""
    return (
        message.version is original.version is not Version.V10_6
        and message.attributes == original.attributes
        and message.namespace == original.namespace
        and not isinstance(message.body, OtherBody)
    )


def _is_plain(text: str, start: int) -> bool:
    """True when there is nothing but elements, in the one namespace that the root may declare.

    Rare characters are looked for before the words that begin with them: that is fast.
    """
    return (
        not ("!" in text and "<!" in text)
        and not (text.find("?", start) >= 0 and text.find("<?", start) >= 0)
        and text.find("xmlns", text.find(">", start)) < 0
    )


def _changes(text: str, place: Place, change: tuple[Any, Any], version: Version) -> list[Change]:
    """The smallest elements within the one at the place that say what changed."""
    old, new = change
    changes: list[Change] = []
    for name, _ in specs(type(new)):
        before, after = getattr(old, name), getattr(new, name)
        if before is after or before == after:
            continue
        kind, tag = _element_of(class_of(old), name)
        is_there = tag and before is not None and after is not None
        inner = _place(text, tag, place) if is_there else None
        # Versions that have texts under other tags than the model have all parts under the same.
        if inner is None or (kind == "text" and version is not Version.V2017071):
            return [(place, old, new)]
        if kind == "part":
            changes += _changes(text, inner, (before, after), version)
        else:
            changes.append((inner, before, after))
    return changes


def _place(text: str, tag: str, within: Place) -> Place | None:
    """Start and end of the only element with that tag."""
    begins, end = _beginning(tag).finditer(text, *within), f"</{tag}>"
    first, second = next(begins, None), next(begins, None)
    behind = text.find(end, *within)
    return None if first is None or second or behind < 0 else (first.start(), behind + len(end))


@cache
def _beginning(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<{re.escape(tag)}[\s/>]")


@cache
def _element_of(model: Any, name: str) -> tuple[str, str]:
    """The kind and the tag of a part or text that is there when its value is, or no tag."""
    spec = spec_of(model, name)
    tags = {path.rpartition("/")[2] for path in spec.paths}
    tag = tags.pop()
    is_optional = model.__dataclass_fields__[name].default is None
    is_element = spec.kind in {"part", "text"} and tag != "." and not tag.startswith("@")
    return spec.kind, tag if is_optional and is_element and not tags else ""


def _changed(piece: str, change: tuple[Any, Any], version: Version) -> str | None:
    try:
        element = ET.fromstring(piece)  # noqa: S314 - of a text that passed the safe reader before
    except ET.ParseError:  # a prefix that was declared outside of it
        return None
    old, new = change
    if isinstance(new, str):
        set_text(element, new)
    else:
        were_there = set(element.iter())
        moves = to_model_shape(element, version)
        merge(element, old, new)
        back_in_shape(element, version, moves, were_there)
    return serialise(element)
