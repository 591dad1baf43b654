"""JSON for people and for programs, and where answers and errors go."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

from ncpdp.errors import InvalidValue

# A message must not move the cursor of a terminal, nor begin a line of its own.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def json_bytes(value: Any) -> bytes:
    """A page of JSON in UTF-8."""
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n".encode(errors="replace")


def json_line(value: Any) -> str:
    """One line of JSON, in ASCII whatever the terminal is."""
    return f"{json.dumps(value)}\n"


def shown(text: str) -> str:
    """A line for a terminal: control characters are written as escapes."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def answer(output: bytes) -> None:
    """Write to standard output; raises InvalidValue when that is not possible."""
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            raise InvalidValue("There is no standard output.", code="output.unwritable")
        stream.write(output)
        stream.flush()
    except OSError as error:
        # What is left must not be flushed into the closed pipe or full disk when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return  # the reader has seen enough
        words = f"The answer cannot be written: {error.strerror}."
        raise InvalidValue(words, code="output.unwritable") from error


def say(text: str) -> None:
    """A word to standard error, if there is one."""
    if getattr(sys, "stderr", None) is not None:
        sys.stderr.write(text)
