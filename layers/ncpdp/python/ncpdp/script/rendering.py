"""A message to bytes: unchanged as it came, changed into its source, or built anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ncpdp import markup
from ncpdp.errors import InvalidValue
from ncpdp.script.dialects import from_model_shape, to_model_shape
from ncpdp.script.envelope import localise
from ncpdp.script.model.bodies import OtherBody
from ncpdp.script.model.version import Version, attributes_of
from ncpdp.script.serialise import serialise
from ncpdp.script.writing import build, merge

if TYPE_CHECKING:
    from ncpdp.script.model.message import ScriptMessage, Source

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_script(message: ScriptMessage) -> bytes:
    """The message in UTF-8, or byte for byte as it came when nothing was changed."""
    source = message.source
    if source is not None and (message is source.original or message == source.original):
        return source.data
    if message.version is Version.V10_6:
        raise InvalidValue("Version 10.6 is read but not written.", code="version.read_only")
    if source is not None and message.type == source.original.type:
        return _merged(message, source)
    return _built(message)


def convert(message: ScriptMessage, version: Version) -> ScriptMessage:
    """The same message to be written in another version; unknown elements go along as they are."""
    if version is Version.V10_6:
        raise InvalidValue("Version 10.6 is read but not written.", code="version.read_only")
    if version is message.version:
        return message
    return replace(message, version=version, attributes=(), namespace="")


def _built(message: ScriptMessage) -> bytes:
    root = ET.Element("Message", dict(message.attributes or attributes_of(message.version)))
    root.append(build("Header", message.header))
    body = ET.SubElement(root, "Body")
    body.append(_body(message))
    from_model_shape(root, message.version)
    return _text(root, message.namespace, {}, {})


def _body(message: ScriptMessage) -> ET.Element:
    body = message.body
    if not isinstance(body, OtherBody):
        return build(body.TAG, body)
    element = markup.tree(body.xml)
    localise(element)
    return element


def _merged(message: ScriptMessage, source: Source) -> bytes:
    original = source.original
    root, prefixes = _tree_with_everything(markup.decode(source.data))
    tags = {element: element.tag for element in root.iter() if isinstance(element.tag, str)}
    localise(root)
    to_model_shape(root, original.version)
    if message.version is not original.version or message.attributes != original.attributes:
        root.attrib.clear()
        root.attrib.update(message.attributes or attributes_of(message.version))
    header, body = root.find("Header"), root.find("Body")
    if header is not None and body is not None:  # the reader let no message pass without them
        merge(header, original.header, message.header)
        _merge_body(body, original, message)
    from_model_shape(root, message.version)
    kept = tags if message.namespace == original.namespace else {}
    return _text(root, message.namespace, prefixes, kept)


def _merge_body(body: ET.Element, original: ScriptMessage, message: ScriptMessage) -> None:
    if message.body == original.body:
        return
    if isinstance(message.body, OtherBody):
        body[:] = [_body(message)]
        return
    element = body.find(message.type)
    if element is not None:
        merge(element, original.body, message.body)


class _Keeper(ET.TreeBuilder):
    """A tree builder that also keeps remarks and remembers prefixes."""

    def __init__(self) -> None:
        super().__init__(insert_comments=True, insert_pis=True)
        self.prefixes: dict[str, str] = {}

    def start_ns(self, prefix: str | None, uri: str) -> None:
        if self.prefixes.get(uri) != "":
            self.prefixes[uri] = prefix or ""


def _tree_with_everything(text: str) -> tuple[ET.Element, dict[str, str]]:
    keeper = _Keeper()
    parser = ET.XMLParser(target=keeper)  # noqa: S314 - the text passed the safe reader before
    parser.feed(text)
    root: ET.Element = parser.close()
    return root, keeper.prefixes


def _text(
    root: ET.Element, namespace: str, prefixes: dict[str, str], kept: dict[ET.Element, str]
) -> bytes:
    """Bytes of a tree of local names; `kept` has the qualified tags of what was there before."""
    for element in root.iter() if namespace or kept else ():
        tag = element.tag
        if isinstance(tag, str) and not tag.startswith("{"):
            before = kept.get(element, "")
            if before.rpartition("}")[2] == tag:
                element.tag = before
            elif namespace:
                element.tag = f"{{{namespace}}}{tag}"
    return (_DECLARATION + serialise(root, {namespace: "", **prefixes})).encode()
