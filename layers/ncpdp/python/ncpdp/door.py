"""The five functions behind the package's name; SCRIPT or Telecom is told by content.

A caller of the one standard does not pay for loading the other, so both are met inside functions.
"""

from __future__ import annotations

# ruff: noqa: PLC0415 - what a caller does not use is not loaded
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from ncpdp import markup
from ncpdp.errors import Detail, InvalidJson, InvalidValue, MissingElement, NotReadable

if TYPE_CHECKING:
    from ncpdp.findings import Finding
    from ncpdp.message import Message
    from ncpdp.script.model.message import ScriptMessage
    from ncpdp.telecom.model import Request, Response


def parse(data: bytes) -> Message:
    """A message from bytes; raises NotReadable, WrongVersion or MissingElement.

    A SCRIPT message without a part that its type needs is read all the same: `check` tells,
    and `ensure_complete` raises.
    """
    data = _bytes(data)
    if markup.looks_like_xml(data):
        from ncpdp.script.envelope import parse_script

        return parse_script(data)
    from ncpdp.telecom.framing import looks_like_telecom, parse_telecom

    if looks_like_telecom(data):
        return parse_telecom(data)
    raise NotReadable(
        "The content is neither a SCRIPT XML message nor a D.0 transmission.",
        code="content.unknown",
    )


def _bytes(data: object) -> bytes:
    """What a caller without a type checker may give: text has lost its encoding."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, bytearray | memoryview):
        return bytes(data)
    raise InvalidValue("A message is read from bytes.", code="value.type")


def telecom_of(message: Message) -> Request | Response | None:
    """The message if it is D.0; while that model is not loaded, nothing can be."""
    model = sys.modules.get("ncpdp.telecom.model")
    is_telecom = model is not None and isinstance(message, (model.Request, model.Response))
    return cast("Request | Response", message) if is_telecom else None


def _script(message: Message) -> ScriptMessage:
    model = sys.modules.get("ncpdp.script.model.message")
    if model is None or not isinstance(message, model.ScriptMessage):
        raise InvalidValue("This is no message.", code="value.type")
    return cast("ScriptMessage", message)


def write(message: Message) -> bytes:
    """The bytes of a message; one that was read and not changed comes out as it came in."""
    if (claim := telecom_of(message)) is not None:
        from ncpdp.telecom.framing import write_telecom

        return write_telecom(claim)
    from ncpdp.script.rendering import write_script

    return write_script(_script(message))


def check(message: Message) -> list[Finding]:
    """Everything the message itself shows to be wrong or odd; needs no tables and no clock."""
    if (claim := telecom_of(message)) is not None:
        from ncpdp.telecom.checking import check_telecom

        return check_telecom(claim)
    from ncpdp.script.checking import check_script

    return check_script(_script(message))


def ensure_complete(message: Message) -> None:
    """Raise MissingElement (to be answered with Error 900) when a required part is absent."""
    missing = [finding for finding in check(message) if finding.required]
    if missing:
        first = missing[0]
        raise MissingElement(
            first.message,
            code=first.code,
            path=first.path,
            envelope=None if telecom_of(message) else _script(message),
            details=tuple(Detail(f.path, f.code, f.message) for f in missing),
        )


def to_json(message: Message) -> dict[str, Any]:
    """The message as JSON values: snake_case, absent parts left out, numbers as text."""
    if (claim := telecom_of(message)) is not None:
        from ncpdp.telecom.json_form import telecom_to_json

        return telecom_to_json(claim)
    from ncpdp.script.json_form import script_to_json

    return script_to_json(_script(message))


def from_json(obj: Mapping[str, Any], *, complete: bool = True) -> Message:
    """A message from its JSON form; raises InvalidJson listing every wrong field by pointer.

    With `complete` (the default) a SCRIPT message must also have every part its type requires.
    """
    if not isinstance(obj, Mapping):
        raise InvalidJson("The JSON form is an object.", code="json.type")
    if obj.get("standard") == "TELECOM":
        from ncpdp.telecom.json_form import telecom_from_json

        return telecom_from_json(obj)
    from ncpdp.script.json_form import script_from_json

    message = script_from_json(obj)
    if complete:
        _ensure_complete_json(message)
    return message


def _ensure_complete_json(message: ScriptMessage) -> None:
    details = tuple(Detail(f.pointer, f.code, f.message) for f in check(message) if f.required)
    if details:
        raise InvalidJson(
            details[0].sentence,
            code=details[0].code,
            path=details[0].path,
            envelope=message,
            details=details,
        )
