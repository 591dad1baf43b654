"""From the root of a document to a message: wrapper, namespace, version, header, body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp import markup
from ncpdp.errors import MissingElement, NotReadable, UnsupportedMessage, WrongVersion
from ncpdp.script.dialects import to_model_shape
from ncpdp.script.making import maker
from ncpdp.script.model.bodies import OtherBody, body_class
from ncpdp.script.model.header import Header
from ncpdp.script.model.message import ScriptMessage, Source
from ncpdp.script.model.version import NAMESPACE_PREFIX, Version, attributes_of, version_of
from ncpdp.script.reading import Oddities, read
from ncpdp.script.serialise import serialise

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ncpdp.script.model.bodies import Body

_SOAP = (
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://www.w3.org/2003/05/soap-envelope",
)
# The body of an envelope that is only there to be answered.
_NOTHING = OtherBody(name="", xml="")
_make = maker(ScriptMessage)


def parse_script(data: bytes) -> ScriptMessage:
    """A SCRIPT message from XML bytes; raises an NcpdpError for everything else."""
    text = markup.decode(data)
    root = markup.tree(text)
    message = unwrap(root)
    received = data
    if message is not root:
        data = _taken_out(text)
    namespace = localise(message) if "xmlns" in text else ""
    return _message(message, namespace, (data, received))


def _taken_out(text: str) -> bytes:
    """The message of an envelope as a document of its own, with the prefixes it was sent with."""
    from ncpdp.script import whole  # noqa: PLC0415 - few messages come in an envelope

    root, prefixes = whole.whole_tree(text)
    message = unwrap(root)
    return serialise(message, whole.used_in(message, prefixes)).encode()


def unwrap(root: Element) -> Element:
    """The Message inside a SOAP or WCF envelope, or the root itself."""
    if _local(root.tag) == "Message":
        return root
    if _namespace(root.tag) in _SOAP and _local(root.tag) == "Envelope":
        inner = [element for element in root.iter() if _local(element.tag) == "Message"]
        if len(inner) == 1:
            inner[0].tail = None
            return inner[0]
        raise NotReadable("The SOAP envelope holds no single Message.", code="script.wrapper")
    raise NotReadable("The root element is not a SCRIPT Message.", code="script.root")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def localise(message: Element) -> str:
    """Cut the message's own namespace off its tags; foreign namespaces stay as they are."""
    namespace = _namespace(message.tag)
    for element in message.iter():
        tag = element.tag
        if isinstance(tag, str) and tag.startswith("{"):
            uri, _, local = tag[1:].partition("}")
            if uri == namespace or uri.startswith(NAMESPACE_PREFIX):
                element.tag = local
    return namespace


def _message(root: Element, namespace: str, data: tuple[bytes, bytes]) -> ScriptMessage:
    version = version_of(root.attrib)
    to_model_shape(root, version)
    usual = version is not None and root.attrib == dict(attributes_of(version))
    attributes = () if usual else tuple(root.attrib.items())
    tags = [child.tag for child in root]
    odd: Oddities = [] if tags == ["Header", "Body"] else [root]
    header = _header(root, odd)

    def message(body: Body, source: Source | None = None) -> ScriptMessage:
        known = version or Version.V2017071
        made: ScriptMessage = _make([header, body, known, attributes, namespace, source])
        return made

    if root.get("TransactionDomain", "SCRIPT") != "SCRIPT":
        raise UnsupportedMessage(
            "The transaction domain is not SCRIPT.",
            code="domain.unsupported",
            path="Message/@TransactionDomain",
            envelope=message(_NOTHING),
        )
    if version is None:
        raise WrongVersion(
            "The version is none of SCRIPT 10.6, 2017071 and 2023011.",
            code="version.unsupported",
            path="Message/@TransactionVersion",
            envelope=message(_NOTHING),
        )
    element = None if tags.count("Body") > 1 else _only_child(root.find("Body"))
    if element is None:
        raise MissingElement(
            "The body does not hold exactly one message.",
            code="body.malformed",
            path="Message/Body",
            envelope=message(_NOTHING),
        )
    body = _typed(element, odd)
    # The source keeps a message without a source: a circle would wait for the garbage collector.
    return message(body, Source(data[0], message(body), data[1], bool(odd)))


def _header(root: Element, odd: Oddities) -> Header:
    element = root.find("Header")
    if element is None:
        raise NotReadable(
            "The message has no Header.", code="header.missing", path="Message/Header"
        )
    header = read(Header, element, odd)
    if not header.message_id:
        raise NotReadable(
            "The header has no MessageID to relate an answer to.",
            code="message_id.missing",
            path="Message/Header/MessageID",
        )
    return header


def _only_child(element: Element | None) -> Element | None:
    children = [] if element is None else [c for c in element if isinstance(c.tag, str)]
    return children[0] if len(children) == 1 else None


def _typed(element: Element, odd: Oddities) -> Body:
    model = body_class(element.tag)
    if model is None:
        element.tail = None
        return OtherBody(name=_local(element.tag), xml=serialise(element))
    body: Body = read(model, element, odd)
    return body
