"""The five functions behind the package's name; SCRIPT or Telecom is told by content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ncpdp import markup
from ncpdp.errors import Detail, InvalidJson, MissingElement, NotReadable
from ncpdp.script.checking import check_script
from ncpdp.script.envelope import parse_script
from ncpdp.script.json_form import script_from_json, script_to_json
from ncpdp.script.model.message import ScriptMessage
from ncpdp.script.rendering import write_script
from ncpdp.telecom.checking import check_telecom
from ncpdp.telecom.framing import looks_like_telecom, parse_telecom, write_telecom
from ncpdp.telecom.json_form import telecom_from_json, telecom_to_json
from ncpdp.telecom.model import Request, Response

if TYPE_CHECKING:
    from ncpdp.findings import Finding

Message: TypeAlias = ScriptMessage | Request | Response


def parse(data: bytes) -> Message:
    """A message from bytes; raises NotReadable, WrongVersion or MissingElement.

    A SCRIPT message without a part that its type needs is read all the same: `check` tells,
    and `ensure_complete` raises.
    """
    if markup.looks_like_xml(data):
        return parse_script(data)
    if looks_like_telecom(data):
        return parse_telecom(data)
    raise NotReadable(
        "The content is neither a SCRIPT XML message nor a D.0 transmission.",
        code="content.unknown",
    )


def write(message: Message) -> bytes:
    """The bytes of a message; one that was read and not changed comes out as it came in."""
    if isinstance(message, ScriptMessage):
        return write_script(message)
    return write_telecom(message)


def check(message: Message) -> list[Finding]:
    """Everything the message itself shows to be wrong or odd; needs no tables and no clock."""
    if isinstance(message, ScriptMessage):
        return check_script(message)
    return check_telecom(message)


def ensure_complete(message: Message) -> None:
    """Raise MissingElement (to be answered with Error 900) when a required part is absent."""
    missing = [finding for finding in check(message) if finding.required]
    if missing:
        first = missing[0]
        raise MissingElement(
            first.message,
            code=first.code,
            path=first.path,
            envelope=message if isinstance(message, ScriptMessage) else None,
            details=tuple(Detail(f.path, f.code, f.message) for f in missing),
        )


def to_json(message: Message) -> dict[str, Any]:
    """The message as JSON values: snake_case, absent parts left out, numbers as text."""
    if isinstance(message, ScriptMessage):
        return script_to_json(message)
    return telecom_to_json(message)


def from_json(obj: Mapping[str, Any], *, complete: bool = True) -> Message:
    """A message from its JSON form; raises InvalidJson listing every wrong field by pointer.

    With `complete` (the default) a SCRIPT message must also have every part its type requires.
    """
    if not isinstance(obj, Mapping):
        raise InvalidJson("The JSON form is an object.", code="json.type")
    if obj.get("standard") == "TELECOM":
        return telecom_from_json(obj)
    message = script_from_json(obj)
    if complete:
        _ensure_complete_json(message)
    return message


def _ensure_complete_json(message: ScriptMessage) -> None:
    details = tuple(
        Detail(f.pointer, f.code, f.message) for f in check_script(message) if f.required
    )
    if details:
        raise InvalidJson(
            details[0].sentence,
            code=details[0].code,
            path=details[0].path,
            envelope=message,
            details=details,
        )
