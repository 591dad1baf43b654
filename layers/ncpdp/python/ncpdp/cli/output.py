"""JSON for people and for programs."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """A page of JSON in UTF-8."""
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n".encode(errors="replace")


def json_line(value: Any) -> str:
    """One line of JSON, in ASCII whatever the terminal is."""
    return f"{json.dumps(value)}\n"
