"""One version to another, with a list of everything that changes and what cannot be carried.

What is known of 2023011 is of medium confidence; README.md has the table these codes belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ncpdp import markup
from ncpdp.codes import NEW_GENDERS
from ncpdp.errors import InvalidValue
from ncpdp.script.checking.structure import KEPT, shape_of
from ncpdp.script.dialects import to_model_shape
from ncpdp.script.dialects.v10_6 import dropped
from ncpdp.script.dialects.v2023011 import moved_as
from ncpdp.script.envelope import localise, unwrap
from ncpdp.script.fields import class_of
from ncpdp.script.model.bodies import ENVELOPED, OtherBody
from ncpdp.script.model.header import Header
from ncpdp.script.model.version import Version, known_version
from ncpdp.script.rendering import write_script

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from ncpdp.script.checking.structure import Shape
    from ncpdp.script.dialects.moves import Move
    from ncpdp.script.model.message import ScriptMessage

_WORDS = {
    "name.moved": "A name stands in Names from 2023011 on.",
    "gender.moved": "GenderAndSex/AdministrativeGender in 2023011.",
    "product.moved": "DrugCoded stands in Product from 2023011 on.",
    "ndc.moved": "An NDC is an element of its own from 2023011 on.",
    "substitutions.moved": "Substitutions/Substitutions in 2023011.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One place that another version has elsewhere, or (`carried` is False) not at all."""

    code: str
    path: str
    message: str
    carried: bool = True


@dataclass(frozen=True, slots=True)
class Conversion:
    """The message as it will be written in the other version, and what that changes."""

    message: ScriptMessage
    changes: tuple[Change, ...]

    @property
    def lost(self) -> tuple[Change, ...]:
        """What the other version has no place for; the text is still there, where it was."""
        return tuple(change for change in self.changes if not change.carried)


def convert(message: ScriptMessage, version: Version) -> ScriptMessage:
    """The same message to be written in another version; unknown elements go along as they are."""
    version = known_version(version)
    if version is Version.V10_6:
        raise InvalidValue("Version 10.6 is read but not written.", code="version.read_only")
    if version is message.version:
        return message
    return replace(message, version=version, attributes=(), namespace="")


def conversion(message: ScriptMessage, version: Version) -> Conversion:
    """As `convert`, with the list of changes in the order of the document."""
    version = known_version(version)
    converted = convert(message, version)
    if converted is message:
        return Conversion(message, ())
    root = _as_it_came(message)
    moves = to_model_shape(root, message.version)
    changes = [*_envelope(message, version)]
    if Version.V2023011 in {message.version, version}:
        changes.extend(_carried(root, moves, version))
    if not isinstance(message.body, OtherBody):
        changes.extend(_unknown(root, message, version))
    if message.header.is_signed:
        words = "The digital signature was made over the message in its old version."
        changes.append(Change("signature.void", "Header/DigitalSignature", words, carried=False))
    return Conversion(converted, tuple(changes))


def _as_it_came(message: ScriptMessage) -> Element:
    if message.version is Version.V10_6 and message.source is not None:
        data = message.source.data
    else:
        data = write_script(message)
    root = unwrap(markup.tree(markup.decode(data)))
    localise(root)
    return root


def _envelope(message: ScriptMessage, version: Version) -> Iterator[Change]:
    words = f"The root attributes name {version} instead of {message.version}."
    yield Change("version.attributes", "Message", words)
    if message.namespace:
        yield Change("namespace.dropped", "Message", "The version is written without a namespace.")
    if message.version is Version.V10_6:
        words = "10.6 names and nests many elements otherwise; each is moved to its new place."
        yield Change("version.reshaped", "Message", words)
        for parent, child, path in _walk(_as_it_came(message), ""):
            if why := dropped(parent, child):
                yield Change("element.dropped", path, why, carried=False)


def _walk(parent: Element, path: str) -> Iterator[tuple[Element, Element, str]]:
    counts: dict[str, int] = {}
    for child in parent:
        tag = str(child.tag)
        counts[tag] = counts.get(tag, 0) + 1
        inner = "Body" if not path and tag == "Body" else f"{path}/{tag}".lstrip("/")
        if counts[tag] > 1:
            inner += f"[{counts[tag]}]"
        inner = inner.removeprefix("Body/")
        yield parent, child, inner
        yield from _walk(child, inner)


def _carried(root: Element, moves: list[Move], version: Version) -> Iterator[Change]:
    """The places that 2023011 and 2017071 have in different ways: what moves, and what cannot."""
    codes = {move.element: move.code for move in moves}
    for parent, child, path in _walk(root, ""):
        if version is Version.V2023011:
            code = moved_as(parent, child)
        else:
            code = codes.get(child)
            yield from _not_in_2017071(child, path)
        if code:
            yield Change(code, path, _WORDS[code])


def _not_in_2017071(child: Element, path: str) -> Iterator[Change]:
    tag, text = child.tag, (child.text or "").strip()
    if tag == "Gender" and text in NEW_GENDERS:
        words = "2017071 has the gender codes M, F and U only."
        yield Change("gender.code", path, words, carried=False)
    elif tag == "RxFillIndicator" and "[" in path.rpartition("/")[2]:
        words = "2017071 has one RxFillIndicator only."
        yield Change("rx_fill_indicator.repeated", path, words, carried=False)
    elif tag == "Names":
        words = "2017071 has one name per person; the others stay in Names."
        yield Change("names.several", path, words, carried=False)
    elif tag == "GenderAndSex":
        words = "2017071 has the administrative gender only."
        yield Change("gender.details", path, words, carried=False)


def _unknown(root: Element, message: ScriptMessage, version: Version) -> Iterator[Change]:
    """Elements of the standard's own namespace that no place is known for in the new version."""
    if message.type in ENVELOPED:
        return
    header, body = root.find("Header"), root.find(f"Body/{message.type}")
    for element, model in ((header, Header), (body, class_of(message.body))):
        if element is not None:
            for path in _strangers(element, shape_of(model), str(element.tag)):
                words = f"No place is known for this element in {version}; it stays where it is."
                yield Change("element.unknown", path, words, carried=False)


def _strangers(element: Element, shape: Shape, path: str) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag.startswith("{") or tag in KEPT:
            continue
        below = shape.below(tag)
        if below is None:
            yield f"{path}/{tag}"
        else:
            yield from _strangers(child, below, f"{path}/{tag}")
