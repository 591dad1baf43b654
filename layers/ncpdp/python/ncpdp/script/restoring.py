"""From the JSON form back to a message that has everything the sender said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ncpdp import markup
from ncpdp.characters import fits_xml
from ncpdp.errors import NcpdpError
from ncpdp.json_reading import escape, list_of, object_of, text_of
from ncpdp.script.assembling import assembled
from ncpdp.script.envelope import parse_script
from ncpdp.script.serialise import XML_NAMESPACE, XMLNS_NAMESPACE
from ncpdp.script.whole import whole_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ncpdp.json_reading import Problems
    from ncpdp.script.model.message import ScriptMessage

KEYS = frozenset({"prefixes", "indent", "extensions"})
_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,30}")
_URI = re.compile(r"[^{}<>\s]{1,200}")
_NAME = re.compile(r"(?:\{([^{}<>\s]{1,200})\})?[A-Za-z_][A-Za-z0-9_.-]{0,60}")
_INDENT = re.compile(r"[ \t]{1,8}")
_PLACE_MAX = 20_000


def restored(message: ScriptMessage, obj: Mapping[str, Any], problems: Problems) -> ScriptMessage:
    """The message with what its model does not have; what the JSON form says in words wins."""
    if not KEYS & obj.keys():
        return message
    prefixes = {} if obj.get("prefixes") is None else _prefixes(obj["prefixes"], problems)
    indent = _blanks(obj.get("indent"), problems)
    said = obj.get("extensions")
    given = list_of([] if said is None else said, "/extensions", problems)
    extensions = [_extension(one, f"/extensions/{at}", problems) for at, one in enumerate(given)]
    original = None
    if not problems.details:
        original = _tried(message, extensions, (prefixes, indent), problems)
    if original is None:
        return message
    if (original.header, original.body) == (message.header, message.body):
        return original
    return replace(original, header=message.header, body=message.body)


def _tried(
    message: ScriptMessage,
    extensions: list[dict[str, Any]],
    looks: tuple[dict[str, str], str | None],
    problems: Problems,
) -> ScriptMessage | None:
    try:
        original = _original(message, extensions, looks)
    except KeyError as error:
        problems.add("/extensions", "json.value", f"No element is at {error.args[0]}.")
        return None
    except NcpdpError as error:
        problems.collect(error, "/extensions")
        return None
    if original.type != message.type or original.version is not message.version:
        problems.add("/extensions", "json.value", "The extensions make another message of it.")
        return None
    return original


def _blanks(value: Any, problems: Problems) -> str | None:
    if value is None or (isinstance(value, str) and _INDENT.fullmatch(value)):
        return value
    problems.add("/indent", "json.value", "The indent is one to eight blanks.")
    return None


def _original(
    message: ScriptMessage,
    extensions: list[dict[str, Any]],
    looks: tuple[dict[str, str], str | None],
) -> ScriptMessage:
    for one in extensions:
        if one["path"] == "Message" and "at" not in one and "xml" in one:
            return parse_script(one["xml"].encode())
    prefixes, indent = looks
    return parse_script(assembled(message, extensions, prefixes, indent))


def _prefixes(value: Any, problems: Problems) -> dict[str, str]:
    """Namespace to prefix."""
    given = object_of(value, "/prefixes", problems)
    for prefix, uri in given.items():
        good = isinstance(uri, str) and is_namespace(uri) and _PREFIX.fullmatch(str(prefix))
        if not good or str(prefix).lower().startswith("xml"):
            pointer = f"/prefixes/{escape(prefix)}"
            problems.add(pointer, "json.value", "Not a prefix and a namespace.")
    return {str(uri): str(prefix) for prefix, uri in given.items()}


def is_namespace(uri: str) -> bool:
    """True for what can be declared; what XML itself is made of cannot."""
    return bool(_URI.fullmatch(uri)) and uri not in {XML_NAMESPACE, XMLNS_NAMESPACE}


def is_attribute(name: str) -> bool:
    """True for a name, with its namespace in braces, that an attribute can have."""
    match = _NAME.fullmatch(name)
    return match is not None and name != "xmlns" and match[1] != XMLNS_NAMESPACE


def _extension(value: Any, pointer: str, problems: Problems) -> dict[str, Any]:
    given = object_of(value, pointer, problems)
    problems.unknown(given, {"path", "at", "xml", "value"}, pointer)
    path = text_of(given.get("path"), f"{pointer}/path", problems) or ""
    found: dict[str, Any] = {"path": path}
    if not path.startswith("Message"):
        problems.add(f"{pointer}/path", "json.value", "A path starts at Message.")
    attribute = path.partition("/@")[2]
    if attribute:
        found["value"] = attribute_text(given.get("value"), f"{pointer}/value", problems)
        if not is_attribute(attribute):
            problems.add(f"{pointer}/path", "json.value", "Not an attribute's name.")
        return found
    at = given.get("at")
    if isinstance(at, int) and not isinstance(at, bool) and 0 <= at < _PLACE_MAX:
        found["at"] = at
    elif at is not None:
        problems.add(f"{pointer}/at", "json.value", "A place is a whole number from 0.")
    is_document = path == "Message" and at is None
    found["xml"] = _xml(given.get("xml"), pointer, problems, is_document=is_document)
    return found


def attribute_text(value: Any, pointer: str, problems: Problems) -> str:
    """The value of an attribute: blanks count, and it may be empty."""
    if not isinstance(value, str):
        problems.add(pointer, "json.type", "This field is text.")
        return ""
    text_of(value, pointer, problems)
    return value


def _xml(value: Any, pointer: str, problems: Problems, *, is_document: bool) -> str:
    """One element or one remark, as careful as with a document, which is read as a message."""
    if not isinstance(value, str) or len(value) > markup.BYTES_MAX:
        problems.add(f"{pointer}/xml", "json.type", "This field is XML text.")
        return ""
    if is_document:
        if not fits_xml(value):
            words = "A text holds a character XML cannot carry."
            problems.add(f"{pointer}/xml", "json.character", words)
        return value
    text = f"<Holder>{value}</Holder>"
    try:
        markup.tree(text)
    except NcpdpError as error:
        problems.collect(error, f"{pointer}/xml")
        return ""
    holder, _ = whole_tree(text)
    if len(holder) != 1 or (holder.text or "").strip() or (holder[0].tail or "").strip():
        problems.add(f"{pointer}/xml", "json.value", "One element or one remark.")
    return value
