"""Element trees to text, with the prefixes the sender used and nothing global."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Comment, Element, ProcessingInstruction

from ncpdp.characters import fits_xml
from ncpdp.errors import InvalidValue

_SPECIAL = re.compile("[&<>\r]")
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


def serialise(root: Element, prefixes: dict[str, str] | None = None) -> str:
    """The element as text; `prefixes` maps namespace to prefix, '' being the default one."""
    if not prefixes and _is_plain(root):
        return _checked(_plainly(root))
    known = {uri: prefix for uri, prefix in (prefixes or {}).items() if uri}
    known[XML_NAMESPACE] = "xml"
    for element in root.iter():
        _learn(element.tag, known)
        for name in element.attrib:
            _learn(name, known)
    declared = "".join(
        f' xmlns:{prefix}="{quoted(uri)}"'
        for uri, prefix in known.items()
        if prefix and uri != XML_NAMESPACE
    )
    out: list[str] = []
    _write(root, out, known, default="", extra=declared)
    return _checked("".join(out))


def _checked(written: str) -> str:
    if not fits_xml(written):
        raise InvalidValue("A text holds a character that XML cannot carry.", code="xml.character")
    return written


def _is_plain(root: Element) -> bool:
    """True without any namespace and remark, as most messages are."""
    for element in root.iter():
        tag: object = element.tag
        if not isinstance(tag, str) or tag[:1] == "{":
            return False
        if element.attrib and any(name[:1] == "{" for name in element.attrib):
            return False
    return True


def _plainly(root: Element) -> str:
    out: list[str] = []
    _write_plainly(root, out, {"": ""})
    return "".join(out)


def _write_plainly(element: Element, out: list[str], known: dict[str, str]) -> None:
    """`known` remembers what was escaped: the blanks between elements repeat all the time."""
    head = tag = element.tag
    for key, value in element.attrib.items():
        head += f' {key}="{quoted(value)}"'
    content = element.text or ""
    if not len(element):
        out.append(f"<{head}>{text(content)}</{tag}>" if content else f"<{head}/>")
        return
    if content not in known:
        known[content] = text(content)
    out.append(f"<{head}>{known[content]}")
    for child in element:
        if len(child) or child.attrib:
            _write_plainly(child, out, known)
        else:
            inner = child.text
            name = child.tag
            out.append(f"<{name}>{text(inner)}</{name}>" if inner else f"<{name}/>")
        tail = child.tail
        if tail:
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


def _learn(name: object, known: dict[str, str]) -> None:
    if isinstance(name, str) and name.startswith("{"):
        uri = name[1:].partition("}")[0]
        if uri not in known:
            known[uri] = f"ns{len(known)}"


def _write(
    element: Element, out: list[str], known: dict[str, str], *, default: str, extra: str = ""
) -> None:
    tag = element.tag
    if not isinstance(tag, str):
        _write_remark(element, out)
        return
    name, default_now = _name(tag, known, default)
    head = name + extra
    if default_now != default:
        head += f' xmlns="{quoted(default_now)}"'
    for key, value in element.attrib.items():
        head += f' {_name(key, known, None)[0]}="{quoted(value)}"'
    if not len(element) and not element.text:
        out.append(f"<{head}/>")
        return
    out.append(f"<{head}>")
    if element.text:
        out.append(text(element.text))
    for child in element:
        _write(child, out, known, default=default_now)
        if child.tail:
            out.append(text(child.tail))
    out.append(f"</{name}>")


def _name(tag: str, known: dict[str, str], default: str | None) -> tuple[str, str]:
    """The written name and the default namespace in force inside (None: an attribute)."""
    if not tag.startswith("{"):
        return tag, ""
    uri, _, local = tag[1:].partition("}")
    prefix = known[uri]
    if prefix:
        return f"{prefix}:{local}", default or ""
    return local, uri


def _write_remark(element: Element, out: list[str]) -> None:
    kind: object = element.tag
    remark = element.text or ""
    if kind is Comment:
        out.append(f"<!--{remark}-->")
    elif kind is ProcessingInstruction:
        out.append(f"<?{remark}?>")
