"""Bytes to segments and back; the header is cut by width, the rest by separators."""

from __future__ import annotations

import re
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from ncpdp.errors import InvalidValue, NotReadable, TooLarge
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
from ncpdp.telecom.versions import CODES, D0, LAYOUTS, looks_like_telecom, recognise

__all__ = ["CODES", "looks_like_telecom", "parse_telecom", "write_telecom"]

FS, RS, GS = "\x1c", "\x1e", "\x1d"
BYTES_MAX = 64 * 1024
_SEPARATORS = re.compile("[\x1c-\x1e]")
# Line ends and end-of-text marks that transports leave around a transmission and its parts.
_LOOSE = "\x02\x03\r\n\x00"
_END = "\x03"
# A body without any of that needs no second look: it is written back as it came.
_ONE = f"[^{_LOOSE} \x1c-\x1e]"
_STRICT = re.compile(
    f"(?:\x1d|\x1e\x1cAM{_ONE}{_ONE}(?:\x1c(?!AM){_ONE}{_ONE}[^{_LOOSE}\x1c-\x1e]*+)*+)*+"
)
_IDENTITY = re.compile(f"{_ONE}{_ONE}")
_LEADING = ("\x02", "\r", "\n")
_SEGMENT_ID = "AM"
_ID = 2
H = TypeVar("H", RequestHeader, ResponseHeader)
_NAMES = {
    model: tuple(one.name for one in fields(model)) for model in (RequestHeader, ResponseHeader)
}
_VALUES = {model: attrgetter(*names) for model, names in _NAMES.items()}


def parse_telecom(data: bytes) -> Request | Response:
    """A request or response; the order of everything and unknown fields are kept."""
    if len(data) > BYTES_MAX:
        raise TooLarge(f"The message is larger than {BYTES_MAX} bytes.", code="telecom.too_large")
    text = data.decode("latin-1")
    message, is_exact = _read(text.lstrip("".join(_LEADING)))
    if (not is_exact or text[0] in _LOOSE) and not _comes_back(message, data):
        object.__setattr__(message, "wire", Wire(data, message))
    return message


def _comes_back(message: Request | Response, data: bytes) -> bool:
    try:
        return _encode(message) == data
    except InvalidValue:
        return False


def write_telecom(message: Request | Response) -> bytes:
    """The bytes of a message; loose framing is repeated only when nothing was changed."""
    sent = message.sent
    return _encode(message) if sent is None else sent


def _read(text: str) -> tuple[Request | Response, bool]:
    """The message, and whether its framing is certainly the standard's."""
    found = recognise(text)
    layout = found.layout
    length = layout.response_length if found.is_response else layout.request_length
    head, body = text[:length], text[length:]
    if _SEPARATORS.search(head):
        raise NotReadable("The header is too short.", code="telecom.header", path="header")
    if len(head) < length:
        head = _untrimmed(head, length, found.is_response or layout.request_length_min)
    is_exact = len(text) >= length and _STRICT.fullmatch(body) is not None
    if not is_exact:
        body = body.removesuffix(after_end(body))  # it is remarked, not read
    first, *rest = body.split(GS)
    if len(rest) > TRANSACTIONS_MAX:
        raise NotReadable("There are more than four transactions.", code="telecom.transactions")
    cut = _exact_segments if is_exact else _segments
    segments, transactions = cut(first), tuple(map(cut, rest))
    if found.is_response:
        answer = _header(ResponseHeader, head, layout.response_widths)
        return Response(header=answer, segments=segments, transactions=transactions), is_exact
    header = _header(RequestHeader, head, layout.request_widths)
    return Request(header=header, segments=segments, transactions=transactions), is_exact


def after_end(text: str) -> str:
    """What stands behind the end-of-text mark of a message, and is no part of it."""
    rest = text.rpartition(_END)[2] if _END in text else ""
    return "" if _SEPARATORS.search(rest) or not rest.strip(_LOOSE + " ") else rest


def _untrimmed(head: str, length: int, length_min: int) -> str:
    """A header that ends the message and whose blank end a transport trimmed."""
    head = head.rstrip(_LOOSE)
    if len(head) < (length_min if length_min > 1 else length):
        raise NotReadable("The header is too short.", code="telecom.header", path="header")
    return head.ljust(length)


def _header(model: type[H], text: str, widths: tuple[int, ...]) -> H:
    values: dict[str, Any] = {}
    start = 0
    for name, width in zip(_NAMES[model], widths, strict=True):
        values[name] = text[start : start + width].rstrip(" ")
        start += width
    return model(**values)


def _exact_segments(text: str) -> Segments:
    """The quick way, for a body that is known to be framed as it should be."""
    parts = [part.split(FS) for part in text.split(RS)[1:]]
    return tuple(
        [
            Segment(part[1][2:], tuple([Field(one[:2], one[2:]) for one in part[2:]]))
            for part in parts
        ]
    )


def _segments(text: str) -> Segments:
    found: list[Segment] = []
    for part in text.split(RS):
        lead, *pieces = part.split(FS)
        if pieces or lead.strip(_LOOSE + " "):
            found += _cut(lead, pieces)
    return tuple(found)


def _cut(lead: str, pieces: list[str]) -> list[Segment]:
    """One segment, or several where a separator between them is missing."""
    lead = lead.strip(_LOOSE + " ")
    if lead.startswith(_SEGMENT_ID):
        lead, pieces = "", [lead, *pieces]  # no field separator stands before the identification
    if lead or not pieces[:1] or not pieces[0].startswith(_SEGMENT_ID):
        raise NotReadable(
            "A segment does not start with its identification.", code="telecom.segment", path="AM"
        )
    starts = [at for at, piece in enumerate(pieces) if piece.startswith(_SEGMENT_ID)]
    ends = [*starts[1:], len(pieces)]
    return [_segment(pieces[start:end]) for start, end in zip(starts, ends, strict=True)]


def _segment(pieces: list[str]) -> Segment:
    segment_id = pieces[0][2:].rstrip(_LOOSE + " ")
    found: list[Field] = []
    for piece in pieces[1:]:
        value = piece.rstrip(_LOOSE)
        if len(value) >= _ID:
            found.append(Field(value[:2], value[2:]))
        elif value:
            raise NotReadable("A field has no id.", code="telecom.field", path=segment_id)
    if len(segment_id) != _ID:
        raise NotReadable("A segment has no id.", code="telecom.field", path="AM")
    return Segment(segment_id, tuple(found))


def _encode(message: Request | Response) -> bytes:
    if len(message.transactions) > TRANSACTIONS_MAX:
        raise InvalidValue("A message has at most four transactions.", code="telecom.transactions")
    body = _body(message)
    if not _STRICT.fullmatch(body) or body.count(FS) != _separators(message):
        _refuse_bad_parts(message)
    try:
        return (_head(message.header) + body).encode("latin-1")
    except UnicodeEncodeError as error:
        raise InvalidValue("A value holds a character D.0 cannot carry.", code="charset") from error


def _body(message: Request | Response) -> str:
    try:
        return "".join(
            [_text(message.segments), *(GS + _text(one) for one in message.transactions)]
        )
    except (TypeError, ValueError) as error:
        words = "A field is an id and a value, and both are text."
        raise InvalidValue(words, code="telecom.field") from error


def _text(segments: Segments) -> str:
    pieces: list[str] = []
    for segment in segments:
        pieces.append(f"{RS}{FS}AM{segment.id}")
        pieces += [FS + key + value for key, value in segment.fields if len(key) == _ID]
    return "".join(pieces)


def _separators(message: Request | Response) -> int:
    """How many field separators a message without any in its values has."""
    return sum(1 + len(segment.fields) for segment in message.every_segment())


def _refuse_bad_parts(message: Request | Response) -> None:
    """The slow look for what the quick one stumbled over."""
    message.ensure_text()
    for segment in message.every_segment():
        if not _IDENTITY.fullmatch(segment.id):
            words = "A segment's id has two characters."
            raise InvalidValue(words, code="telecom.segment", path="AM")
        for key, value in segment.fields:
            is_id = _IDENTITY.fullmatch(key) and key != _SEGMENT_ID
            if not is_id or _SEPARATORS.search(value) or value[-1:] in tuple(_LOOSE):
                raise InvalidValue(
                    "A field's id or value does not fit the framing.",
                    code="telecom.field",
                    path=f"{segment.id}/{key}",
                )


def _head(header: RequestHeader | ResponseHeader) -> str:
    layout = LAYOUTS.get(header.version, D0)
    is_request = isinstance(header, RequestHeader)
    widths = layout.request_widths if is_request else layout.response_widths
    values = _VALUES[type(header)](header)
    for name, value, width in zip(_NAMES[type(header)], values, widths, strict=True):
        if not isinstance(value, str) or len(value) > width or _SEPARATORS.search(value):
            raise InvalidValue(
                f"The header's {name} does not fit its {width} characters.",
                code="telecom.header",
                path=f"header/{name}",
            )
    text = "".join(map(str.ljust, values, widths))
    if text.startswith(_LEADING):
        words = "A message does not begin with a line end."
        raise InvalidValue(words, code="telecom.header", path="header")
    return text
