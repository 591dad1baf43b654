"""The JSON form of a D.0 message: header by name, segments and fields in their order.

`{"standard": "TELECOM", "version": "D0", "kind": "request", "type": "B1", "header": {…},
"segments": [{"id": "04", "fields": [["C2", "…"]]}], "transactions": [[{"id": "07", …}]]}`
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from ncpdp.json_reading import Problems, list_of, object_of
from ncpdp.telecom.framing import CODES, write_telecom
from ncpdp.telecom.model import (
    Field,
    Request,
    RequestHeader,
    Response,
    ResponseHeader,
    Segment,
    Segments,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN = {"standard", "version", "kind", "type", "header", "segments", "transactions"}


def telecom_to_json(message: Request | Response) -> dict[str, Any]:
    """The message as plain JSON values."""
    return {
        "standard": "TELECOM",
        "version": message.header.version,
        "kind": "request" if isinstance(message, Request) else "response",
        "type": message.type,
        "header": asdict(message.header),
        "segments": _listed(message.segments),
        "transactions": [_listed(transaction) for transaction in message.transactions],
    }


def _listed(segments: Segments) -> list[dict[str, Any]]:
    return [
        {"id": segment.id, "fields": [[one.id, one.value] for one in segment.fields]}
        for segment in segments
    ]


def telecom_from_json(obj: Mapping[str, Any]) -> Request | Response:
    """The message; every wrong field is listed in the error."""
    problems = Problems()
    problems.unknown(obj, _KNOWN, "")
    kind = obj.get("kind")
    if kind not in {"request", "response"}:
        problems.add("/kind", "json.value", "The kind is request or response.")
    model = RequestHeader if kind == "request" else ResponseHeader
    header = _header(model, obj.get("header"), problems)
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
    write_telecom(message)  # refuses what the framing cannot carry
    return message


def _header(model: type, value: Any, problems: Problems) -> dict[str, Any]:
    given = object_of(value, "/header", problems)
    names = [one.name for one in fields(model)]
    problems.unknown(given, set(names), "/header")
    for name in names:
        if not isinstance(given.get(name, ""), str):
            problems.add(f"/header/{name}", "json.type", "This field is text.")
    required = {"transaction_code", "provider_id", "date_of_service"} | ({"bin"} & set(names))
    if given.get("version", "D0") != "D0":
        problems.add("/header/version", "version.unsupported", "The version is D0.")
    if given.get("transaction_code", "B1") not in CODES:
        problems.add("/header/transaction_code", "json.value", "Unknown transaction code.")
    for name in sorted(required - set(given)):
        problems.add(f"/header/{name}", "json.missing", "The header needs this field.")
    return {name: given[name] for name in names if name in given}


def _segments(value: Any, pointer: str, problems: Problems) -> Segments:
    items = list_of(value, pointer, problems)
    return tuple(_segment(one, f"{pointer}/{at}", problems) for at, one in enumerate(items))


def _segment(value: Any, pointer: str, problems: Problems) -> Segment:
    given = object_of(value, pointer, problems)
    segment_id = given.get("id")
    if not isinstance(segment_id, str):
        problems.add(f"{pointer}/id", "json.type", "A segment has an id.")
    found: list[Field] = []
    for at, pair in enumerate(list_of(given.get("fields", []), f"{pointer}/fields", problems)):
        match pair:
            case [str(key), str(content)]:
                found.append(Field(key, content))
            case _:
                problems.add(f"{pointer}/fields/{at}", "json.type", "A field is [id, value].")
    return Segment(str(segment_id), tuple(found))
