"""A message to bytes: unchanged as it came, changed into its source, or built anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ncpdp import markup
from ncpdp.errors import InvalidValue
from ncpdp.script.dialects import back_in_shape, from_model_shape, to_model_shape
from ncpdp.script.emitting import emit
from ncpdp.script.envelope import localise
from ncpdp.script.fields import class_of
from ncpdp.script.model.bodies import OtherBody
from ncpdp.script.model.version import Version, attributes_of
from ncpdp.script.serialise import Prefixes, serialise
from ncpdp.script.splicing import spliced
from ncpdp.script.whole import around, indent_of, whole_tree
from ncpdp.script.writing import arrange, build, merge

if TYPE_CHECKING:
    from ncpdp.script.model.message import ScriptMessage

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_script(message: ScriptMessage) -> bytes:
    """The message in UTF-8, or byte for byte as it came when nothing was changed."""
    try:
        return _written(message)
    except (AttributeError, TypeError) as error:
        raise InvalidValue(
            "A field holds something else than text or a part of the model.", code="value.type"
        ) from error


def _written(message: ScriptMessage) -> bytes:
    source = message.source
    if source is not None and message.is_unchanged:
        return source.data
    if message.version is Version.V10_6:
        raise InvalidValue("Version 10.6 is read but not written.", code="version.read_only")
    if source is not None and message.type == source.original.type:
        text = markup.decode(source.data)
        content = spliced(message, source.original, text) or _merged(message, source.original, text)
        return f"{_DECLARATION}{content}".encode()
    return built(message)


def built(message: ScriptMessage) -> bytes:
    """The message from its model alone, whatever it came in."""
    if message.version is Version.V2017071 and not isinstance(message.body, OtherBody):
        return _emitted(message, emit(message.body.TAG, message.body)).encode()
    root = model_tree(message)
    from_model_shape(root, message.version)
    return in_text(root, message.namespace)


def model_tree(message: ScriptMessage) -> ET.Element:
    """The message as a tree of local names in the shape of the model."""
    root = ET.Element("Message", dict(message.attributes or attributes_of(message.version)))
    root.append(build("Header", message.header))
    body = ET.SubElement(root, "Body")
    body.append(_body(message))
    return root


def _emitted(message: ScriptMessage, body: str) -> str:
    """The shape of the model is that of 2017071, so that its text needs no tree."""
    root = ET.Element("Message", dict(message.attributes or attributes_of(message.version)))
    if message.namespace:
        root.tag = f"{{{message.namespace}}}Message"
    empty = serialise(root, Prefixes({message.namespace: ""}) if message.namespace else None)
    content = f"{emit('Header', message.header)}<Body>{body}</Body>"
    return f"{_DECLARATION}{empty.removesuffix('/>')}>{content}</Message>"


def _body(message: ScriptMessage) -> ET.Element:
    body = message.body
    if not isinstance(body, OtherBody):
        return build(body.TAG, body)
    element = markup.tree(body.xml)
    localise(element)
    return element


def _merged(message: ScriptMessage, original: ScriptMessage, text: str) -> str:
    """The whole text read as a tree, changed, and written again with its remarks and prefixes."""
    root, prefixes = whole_tree(text)
    tags = _named(root) if "xmlns" in text else {}
    were_there = set(root.iter())
    moves = to_model_shape(root, original.version)
    if message.version is not original.version or message.attributes != original.attributes:
        root.attrib.clear()
        root.attrib.update(message.attributes or attributes_of(message.version))
    header, body = root.find("Header"), root.find("Body")
    if header is not None and body is not None:  # the reader let no message pass without them
        merge(header, original.header, message.header)
        _merge_body(body, original, message)
    element = None if body is None else body.find(message.type)
    if original.version is Version.V10_6 and element is not None:
        arrange(element, class_of(message.body))  # 10.6 has the same parts in another order
    if message.version is original.version:
        back_in_shape(root, message.version, moves, were_there)
    else:
        from_model_shape(root, message.version)
        if indent := indent_of(text):
            ET.indent(root, indent)
    kept = tags if message.namespace == original.namespace else {}
    written = in_text(root, message.namespace, prefixes, kept).decode()
    before, behind = around(text)
    content = written.removeprefix(_DECLARATION)
    return f"{before}{content}{behind}"


def _named(root: ET.Element) -> dict[ET.Element, str]:
    """Cut the message's namespace off its tags; what they were called before."""
    tags = {element: element.tag for element in root.iter() if isinstance(element.tag, str)}
    localise(root)
    return tags


def _merge_body(body: ET.Element, original: ScriptMessage, message: ScriptMessage) -> None:
    if message.body == original.body:
        return
    if isinstance(message.body, OtherBody):
        body[:] = [_body(message)]
        return
    element = body.find(message.type)
    if element is not None:
        merge(element, original.body, message.body)


def in_text(
    root: ET.Element,
    namespace: str,
    prefixes: Prefixes | None = None,
    kept: dict[ET.Element, str] | None = None,
) -> bytes:
    """Bytes of a tree of local names; `kept` has the qualified tags of what was there before."""
    kept = kept or {}
    for element in root.iter() if namespace or kept else ():
        tag = element.tag
        if isinstance(tag, str) and not tag.startswith("{"):
            before = kept.get(element, "")
            if before.rpartition("}")[2] == tag:
                element.tag = before
            elif namespace:
                element.tag = f"{{{namespace}}}{tag}"
    known = prefixes or Prefixes()
    if namespace:
        known = replace(known, elements={namespace: "", **known.elements})
    return (_DECLARATION + serialise(root, known)).encode()
