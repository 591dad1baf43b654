"""Element trees to text, with the prefixes the sender used and nothing global."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from xml.etree.ElementTree import Comment, Element, ProcessingInstruction

from ncpdp.characters import fits_xml
from ncpdp.errors import InvalidValue, TooLarge

_SPECIAL = re.compile("[&<>\r]")
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/"
Scope = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The prefix of each namespace for elements ("" is the default one) and for attributes.

    `clash`: one prefix means several namespaces, or one namespace has several prefixes.
    """

    elements: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    clash: bool = False


def serialise(root: Element, prefixes: Prefixes | None = None) -> str:
    """The element as text, with these prefixes; raises TooLarge for what is nested too deep."""
    try:
        if prefixes is None or not prefixes.elements:
            written = _plainly(root)
            if "{" not in written:  # which every qualified name begins with
                return _checked(written)
        return _checked(_fully(root, prefixes or Prefixes()))
    except RecursionError as error:
        raise TooLarge(
            "Elements are nested too deep to be written.", code="xml.too_deep"
        ) from error


def _checked(written: str) -> str:
    if not fits_xml(written):
        raise InvalidValue("A text holds a character that XML cannot carry.", code="xml.character")
    return written


def _plainly(root: Element) -> str:
    """The element as text where no name is qualified, as in most messages."""
    out: list[str] = []
    _write_plainly(root, out, {"": ""})
    return "".join(out)


def _write_plainly(element: Element, out: list[str], known: dict[str, str]) -> None:
    """`known` remembers what was escaped: the blanks between elements repeat all the time."""
    if not isinstance(element.tag, str):
        _write_remark(element, out)
        return
    head = tag = element.tag
    for key, value in element.items():
        head += f' {key}="{quoted(value)}"'
    content = element.text or ""
    if not len(element):
        out.append(f"<{head}>{text(content)}</{tag}>" if content else f"<{head}/>")
        return
    if content not in known:
        known[content] = text(content)
    out.append(f"<{head}>{known[content]}")
    for child in element[:]:
        name = child.tag
        if len(child) or child.keys() or not isinstance(name, str):
            _write_plainly(child, out, known)
        elif inner := child.text:  # most elements hold a text and nothing else: no call for those
            special = _SPECIAL.search(inner) is not None
            out.append(f"<{name}>{text(inner) if special else inner}</{name}>")
        else:
            out.append(f"<{name}/>")
        if tail := child.tail:
            if tail not in known:
                known[tail] = text(tail)
            out.append(known[tail])
    out.append(f"</{tag}>")


def text(content: str) -> str:
    """The content of an element, with what would be markup escaped."""
    if _SPECIAL.search(content) is None:
        return content
    content = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return content.replace("\r", "&#13;")


def quoted(content: str) -> str:
    """The value of an attribute, without its quotes."""
    return text(content).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


class _Names:
    """Prefixes, and new ones for namespaces that have none yet."""

    def __init__(self, prefixes: Prefixes) -> None:
        self._elements = {**prefixes.elements, XML_NAMESPACE: "xml"}
        self._attributes = {**prefixes.attributes, XML_NAMESPACE: "xml"}
        self._taken = {*self._elements.values(), *self._attributes.values()}
        self._new = (name for at in count() if (name := f"ns{at}") not in self._taken)

    def of_element(self, uri: str) -> str:
        if uri not in self._elements:
            self._elements[uri] = self._attributes.get(uri) or self.fresh()
        return self._elements[uri]

    def of_attribute(self, uri: str) -> str:
        if uri not in self._attributes:
            self._attributes[uri] = self._elements.get(uri) or self.fresh()
        return self._attributes[uri]

    def fresh(self) -> str:
        return next(self._new)


def _fully(root: Element, prefixes: Prefixes) -> str:
    scope: Scope = {"xml": XML_NAMESPACE}
    for known in (prefixes.elements, prefixes.attributes):
        for uri, prefix in known.items():
            if prefix and uri != XML_NAMESPACE:
                scope.setdefault(prefix, uri)
    out: list[str] = []
    extra = _declared({prefix: uri for prefix, uri in scope.items() if prefix != "xml"})
    _write(root, out, _Names(prefixes), scope, extra)
    return "".join(out)


def _declared(scope: Scope) -> str:
    return "".join(
        f' xmlns{f":{prefix}" if prefix else ""}="{quoted(uri)}"' for prefix, uri in scope.items()
    )


def _write(element: Element, out: list[str], names: _Names, scope: Scope, extra: str = "") -> None:
    """`scope` is what each prefix means here; what is not in force is declared where it is used."""
    if not isinstance(element.tag, str):
        _write_remark(element, out)
        return
    bound: Scope = {}
    name = _element_name(element.tag, names, bound)
    said = "".join(
        f' {_attribute_name(key, names, scope, bound)}="{quoted(value)}"'
        for key, value in element.attrib.items()
    )
    fresh = {prefix: uri for prefix, uri in bound.items() if scope.get(prefix, "") != uri}
    head = f"{name}{extra}{_declared(fresh)}{said}"
    if not len(element) and not element.text:
        out.append(f"<{head}/>")
        return
    out.append(f"<{head}>")
    if element.text:
        out.append(text(element.text))
    inner = {**scope, **fresh} if fresh else scope
    for child in element:
        _write(child, out, names, inner)
        if child.tail:
            out.append(text(child.tail))
    out.append(f"</{name}>")


def _element_name(tag: str, names: _Names, bound: Scope) -> str:
    """The written name; what its prefix has to mean is noted."""
    if not tag.startswith("{"):
        bound[""] = ""
        return tag
    uri, _, local = tag[1:].partition("}")
    prefix = names.of_element(uri)
    bound[prefix] = uri
    return f"{prefix}:{local}" if prefix else local


def _attribute_name(key: str, names: _Names, scope: Scope, bound: Scope) -> str:
    """An attribute needs a prefix to be in a namespace, and one that means nothing else here."""
    if not key.startswith("{"):
        return key
    uri, _, local = key[1:].partition("}")
    prefix = names.of_attribute(uri)
    if bound.setdefault(prefix, uri) != uri:
        here = {**scope, **bound}
        known = (one for one, meant in here.items() if one and meant == uri)
        prefix = next(known, None) or names.fresh()
        bound[prefix] = uri
    return f"{prefix}:{local}"


def _write_remark(element: Element, out: list[str]) -> None:
    kind: object = element.tag
    remark = element.text or ""
    if kind is Comment:
        out.append(f"<!--{remark}-->")
    elif kind is ProcessingInstruction:
        out.append(f"<?{remark}?>")
