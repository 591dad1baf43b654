"""The JSON form of a D.0 message: header by name, segments and fields in their order.

`{"standard": "TELECOM", "version": "D0", "kind": "request", "type": "B1", "header": {…},
"segments": [{"id": "04", "name": "insurance", "fields": [["C2", "…"]], "values": {…}}],
"transactions": [[{"id": "07", …}]]}`

`fields` are what was sent and what is written; `values` are the same by name, with money in minor
units. A segment that is made by hand has one of the two. `wire` (Base64) keeps loosely framed
bytes, which are written again as long as nothing was changed.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from ncpdp.errors import InvalidValue, NcpdpError
from ncpdp.json_reading import Problems, list_of, object_of
from ncpdp.telecom.framing import BYTES_MAX, parse_telecom, write_telecom
from ncpdp.telecom.json_values import name_of, segment_from_values, values_of
from ncpdp.telecom.model import (
    Field,
    Request,
    RequestHeader,
    Response,
    ResponseHeader,
    Segment,
    Segments,
)
from ncpdp.telecom.versions import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN = {"standard", "version", "kind", "type", "header", "segments", "transactions", "wire"}
_IN_SEGMENT = {"id", "name", "fields", "values"}


def telecom_to_json(message: Request | Response) -> dict[str, Any]:
    """The message as plain JSON values."""
    message.ensure_text()
    form = {
        "standard": "TELECOM",
        "version": message.header.version,
        "kind": "request" if isinstance(message, Request) else "response",
        "type": message.type,
        "header": asdict(message.header),
        "segments": _listed(message.segments),
        "transactions": [_listed(transaction) for transaction in message.transactions],
    }
    sent = message.sent
    if sent is not None:
        form["wire"] = b64encode(sent).decode()
    return form


def _listed(segments: Segments) -> list[dict[str, Any]]:
    return [_shown(segment) for segment in segments]


def _shown(segment: Segment) -> dict[str, Any]:
    form: dict[str, Any] = {"id": segment.id}
    name, values = name_of(segment.id), values_of(segment)
    if name is not None:
        form["name"] = name
    form["fields"] = [[one.id, one.value] for one in segment.fields]
    if values is not None:
        form["values"] = values
    return form


def telecom_from_json(obj: Mapping[str, Any]) -> Request | Response:
    """The message; every wrong field is listed in the error."""
    problems = Problems()
    problems.unknown(obj, _KNOWN, "")
    kind = obj.get("kind")
    if kind not in ("request", "response"):
        problems.add("/kind", "json.value", "The kind is request or response.")
    model = RequestHeader if kind == "request" else ResponseHeader
    header = _header(model, obj.get("header"), problems)
    for key, name in (("type", "transaction_code"), ("version", "version")):
        if key in obj and obj[key] != header.get(name, obj[key]):
            problems.add(f"/{key}", "json.value", f"This is not the header's {name}.")
    segments = _segments(obj.get("segments", []), "/segments", problems)
    groups = list_of(obj.get("transactions", []), "/transactions", problems)
    transactions = tuple(
        _segments(group, f"/transactions/{at}", problems) for at, group in enumerate(groups)
    )
    problems.raise_if_any()
    message: Request | Response
    if kind == "request":
        message = Request(
            header=RequestHeader(**header), segments=segments, transactions=transactions
        )
    else:
        message = Response(
            header=ResponseHeader(**header), segments=segments, transactions=transactions
        )
    return _as_sent(message, obj.get("wire"), problems)


def _as_sent(message: Request | Response, wire: Any, problems: Problems) -> Request | Response:
    """The message with the bytes it came in, when they still say the same."""
    if wire is None:
        return _writable(message, problems)
    try:
        sent = parse_telecom(b64decode(wire, validate=True))
    except (NcpdpError, ValueError, TypeError):
        problems.add("/wire", "json.value", "These are not the bytes of a message.")
        problems.raise_if_any()
        raise
    return sent if sent == message else _writable(message, problems)


def _writable(message: Request | Response, problems: Problems) -> Request | Response:
    """The message, if the framing can carry all of it."""
    try:
        write_telecom(message)
    except InvalidValue as error:
        # A header field is named; what is wrong in a segment is a matter of the whole.
        problems.collect(error, f"/{error.path}" if error.path.startswith("header") else "")
        problems.raise_if_any()
    return message


def _header(model: type, value: Any, problems: Problems) -> dict[str, Any]:
    given = object_of(value, "/header", problems)
    names = [one.name for one in fields(model)]
    problems.unknown(given, set(names), "/header")
    for name in names:
        if not isinstance(given.get(name, ""), str):
            problems.add(f"/header/{name}", "json.type", "This field is text.")
    required = {"transaction_code", "provider_id", "date_of_service"} | ({"bin"} & set(names))
    if given.get("version", "D0") not in tuple(LAYOUTS):
        problems.add("/header/version", "version.unsupported", "The version is D0.")
    for name in sorted(required - set(given)):
        problems.add(f"/header/{name}", "json.missing", "The header needs this field.")
    return {name: given[name] for name in names if name in given}


def _segments(value: Any, pointer: str, problems: Problems) -> Segments:
    items = list_of(value, pointer, problems, BYTES_MAX)
    return tuple(_segment(one, f"{pointer}/{at}", problems) for at, one in enumerate(items))


def _segment(value: Any, pointer: str, problems: Problems) -> Segment:
    given = object_of(value, pointer, problems)
    problems.unknown(given, _IN_SEGMENT, pointer)
    segment_id = given.get("id")
    if not isinstance(segment_id, str):
        problems.add(f"{pointer}/id", "json.type", "A segment has an id.")
        return Segment("")
    if given.get("name") not in (None, name_of(segment_id)):
        problems.add(f"{pointer}/name", "json.value", "This is not the name of that segment.")
    values = given.get("values")
    if "fields" not in given and values is not None:
        built = segment_from_values(segment_id, values, f"{pointer}/values", problems)
        return built or Segment(segment_id)
    segment = Segment(segment_id, _fields(given.get("fields", []), f"{pointer}/fields", problems))
    if values is not None and not _says_the_same(segment, values):
        words = "The values are not those of the fields: leave one of the two out."
        problems.add(f"{pointer}/values", "json.value", words)
    return segment


def _says_the_same(segment: Segment, values: Any) -> bool:
    """Whether the values are those of the fields, however their numbers are written."""
    own = values_of(segment)
    if values == own:
        return True
    built = segment_from_values(segment.id, values, "", Problems()) if own is not None else None
    return built is not None and values_of(built) == own


def _fields(value: Any, pointer: str, problems: Problems) -> tuple[Field, ...]:
    found: list[Field] = []
    for at, pair in enumerate(list_of(value, pointer, problems, BYTES_MAX)):
        match pair:
            case [str(key), str(content)]:
                found.append(Field(key, content))
            case _:
                problems.add(f"{pointer}/{at}", "json.type", "A field is [id, value].")
    return tuple(found)
