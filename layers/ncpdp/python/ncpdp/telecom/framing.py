"""Bytes to segments and back; the header is cut by width, the rest by separators."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, TypeVar

from ncpdp.errors import InvalidValue, NotReadable, TooLarge, WrongVersion
from ncpdp.telecom.model import (
    TRANSACTIONS_MAX,
    Field,
    Request,
    RequestHeader,
    Response,
    ResponseHeader,
    Segment,
    Segments,
    Wire,
)

FS, RS, GS = "\x1c", "\x1e", "\x1d"
BYTES_MAX = 64 * 1024
REQUEST_WIDTHS = (6, 2, 2, 10, 1, 2, 15, 8, 10)
RESPONSE_WIDTHS = (2, 2, 1, 1, 2, 15, 8)
CODES = frozenset(
    {"B1", "B2", "B3", "E1", "P1", "P2", "P3", "P4", "N1", "N2", "N3"}
    | {"D1", "S1", "S2", "S3", "C1", "C2", "C3"}
)
_SEPARATORS = re.compile("[\x1c-\x1e]")
# Line ends and end-of-text marks that transports leave around a transmission.
_LOOSE = "\x02\x03\r\n\x00"
_ID = 2
H = TypeVar("H", RequestHeader, ResponseHeader)


def looks_like_telecom(data: bytes) -> bool:
    """True when a transaction code stands where one of the two headers has it."""
    head = data.lstrip(b"\x02\r\n")[:10].decode("latin-1")
    return head[2:4] in CODES or head[8:10] in CODES


def parse_telecom(data: bytes) -> Request | Response:
    """A request or response; the order of everything and unknown fields are kept."""
    if len(data) > BYTES_MAX:
        raise TooLarge(f"The message is larger than {BYTES_MAX} bytes.", code="telecom.too_large")
    message = _read(data.decode("latin-1").lstrip("\x02\r\n"))
    if _encode(message) != data:
        object.__setattr__(message, "wire", Wire(data, message))
    return message


def write_telecom(message: Request | Response) -> bytes:
    """The bytes of a message; loose framing is repeated only when nothing was changed."""
    wire = message.wire
    if wire is not None and (message is wire.original or message == wire.original):
        return wire.data
    return _encode(message)


def _read(text: str) -> Request | Response:
    is_response = text[:2] == "D0" and text[2:4] in CODES
    widths = RESPONSE_WIDTHS if is_response else REQUEST_WIDTHS
    if text[0 if is_response else 6 :][:2] != "D0":
        raise WrongVersion("The version is not D.0.", code="version.unsupported", path="A2")
    if len(text) < sum(widths) or _SEPARATORS.search(text[: sum(widths)]):
        raise NotReadable("The header is too short.", code="telecom.header", path="header")
    first, *rest = text[sum(widths) :].rstrip(_LOOSE).split(GS)
    if len(rest) > TRANSACTIONS_MAX:
        raise NotReadable("There are more than four transactions.", code="telecom.transactions")
    segments = _segments(first)
    transactions = tuple(_segments(group) for group in rest)
    if is_response:
        answer = _header(ResponseHeader, text, widths)
        return Response(header=answer, segments=segments, transactions=transactions)
    header = _header(RequestHeader, text, widths)
    return Request(header=header, segments=segments, transactions=transactions)


def _header(model: type[H], text: str, widths: tuple[int, ...]) -> H:
    values: dict[str, Any] = {}
    start = 0
    for one, width in zip(fields(model), widths, strict=True):
        values[one.name] = text[start : start + width].rstrip(" ")
        start += width
    return model(**values)


def _segments(text: str) -> Segments:
    return tuple(_segment(part) for part in text.split(RS) if part.strip(_LOOSE + " "))


def _segment(text: str) -> Segment:
    lead, *pieces = text.split(FS)
    if lead.strip(_LOOSE + " ") or not pieces or not pieces[0].startswith("AM"):
        raise NotReadable(
            "A segment does not start with its identification.", code="telecom.segment", path="AM"
        )
    segment_id = pieces[0][2:].rstrip(_LOOSE + " ")
    if len(segment_id) != _ID or any(len(piece) < _ID for piece in pieces):
        raise NotReadable("A segment or field has no id.", code="telecom.field", path="AM")
    return Segment(segment_id, tuple(Field(piece[:2], piece[2:]) for piece in pieces[1:]))


def _encode(message: Request | Response) -> bytes:
    if len(message.transactions) > TRANSACTIONS_MAX:
        raise InvalidValue("A message has at most four transactions.", code="telecom.transactions")
    widths = REQUEST_WIDTHS if isinstance(message, Request) else RESPONSE_WIDTHS
    names = [one.name for one in fields(message.header)]
    parts = [
        _padded(name, getattr(message.header, name), width)
        for name, width in zip(names, widths, strict=True)
    ]
    parts += map(_segment_text, message.segments)
    for transaction in message.transactions:
        parts.append(GS)
        parts += map(_segment_text, transaction)
    try:
        return "".join(parts).encode("latin-1")
    except UnicodeEncodeError as error:
        raise InvalidValue("A value holds a character D.0 cannot carry.", code="charset") from error


def _padded(name: str, value: str, width: int) -> str:
    if len(value) > width or _SEPARATORS.search(value):
        raise InvalidValue(
            f"The header's {name} does not fit its {width} characters.",
            code="telecom.header",
            path=f"header/{name}",
        )
    return value.ljust(width)


def _segment_text(segment: Segment) -> str:
    if len(segment.id) != _ID or _SEPARATORS.search(segment.id):
        raise InvalidValue("A segment's id has two characters.", code="telecom.segment", path="AM")
    pieces = [f"{RS}{FS}AM{segment.id}"]
    for one in segment.fields:
        if len(one.id) != _ID or _SEPARATORS.search(one.id + one.value):
            raise InvalidValue(
                "A field's id or value does not fit the framing.",
                code="telecom.field",
                path=f"{segment.id}/{one.id}",
            )
        pieces.append(one.id + one.value)
    return FS.join(pieces)
