"""A message from a file or standard input, in whichever form it is."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ncpdp.door import from_json, parse
from ncpdp.errors import InvalidJson, NotReadable, TooLarge

if TYPE_CHECKING:
    from ncpdp.message import Message

BYTES_MAX = 8 * 1024 * 1024
"""More than any message may have: its JSON form is a few times as long."""

_JSON = (b"{", b"\xef\xbb\xbf{")


def load(file: str) -> Message:
    """The message of a file, from its own form or from its JSON form."""
    data = read(file)
    return from_json(_object(data), complete=False) if is_json(data) else parse(data)


def read(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`."""
    try:
        if file == "-":
            data = _standard_input()
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise NotReadable(
            f"The file cannot be read: {reason}.", code="file.unreadable", path=file
        ) from error
    if len(data) > BYTES_MAX:
        raise TooLarge(f"The file is larger than {BYTES_MAX} bytes.", code="file.too_large")
    return data


def _standard_input() -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise NotReadable("There is no standard input.", code="file.unreadable", path="-")
    data: bytes = stream.read(BYTES_MAX + 1)
    return data


def is_json(data: bytes) -> bool:
    return data.lstrip(b" \t\r\n").startswith(_JSON)


def _object(data: bytes) -> Any:
    try:
        return json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise InvalidJson("The content is not well-formed JSON.", code="json.syntax") from error
