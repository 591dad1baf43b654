"""Element trees to text, with the prefixes the sender used and nothing global."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Comment, Element, ProcessingInstruction

from ncpdp.errors import InvalidValue

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 cannot carry at all, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\r": "&#13;",
        "\n": "&#10;",
        "\t": "&#9;",
    }
)


def serialise(root: Element, prefixes: dict[str, str] | None = None) -> str:
    """The element as text; `prefixes` maps namespace to prefix, '' being the default one."""
    known = {XML_NAMESPACE: "xml", **(prefixes or {})}
    for element in root.iter():
        for name in (element.tag, *element.attrib):
            _learn(name, known)
    declared = "".join(
        f' xmlns:{prefix}="{uri.translate(_ATTRIBUTE)}"'
        for uri, prefix in known.items()
        if prefix and uri != XML_NAMESPACE
    )
    out: list[str] = []
    _write(root, out, known, default="", extra=declared)
    text = "".join(out)
    if _FORBIDDEN.search(text):
        raise InvalidValue("A text holds a character that XML cannot carry.", code="xml.character")
    return text


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
        head += f' xmlns="{default_now.translate(_ATTRIBUTE)}"'
    for key, value in element.attrib.items():
        head += f' {_name(key, known, None)[0]}="{value.translate(_ATTRIBUTE)}"'
    if not len(element) and not element.text:
        out.append(f"<{head}/>")
        return
    out.append(f"<{head}>")
    if element.text:
        out.append(element.text.translate(_TEXT))
    for child in element:
        _write(child, out, known, default=default_now)
        if child.tail:
            out.append(child.tail.translate(_TEXT))
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
    text = element.text or ""
    if element.tag is Comment:  # type: ignore[comparison-overlap]
        out.append(f"<!--{text}-->")
    elif element.tag is ProcessingInstruction:  # type: ignore[comparison-overlap]
        out.append(f"<?{text}?>")
