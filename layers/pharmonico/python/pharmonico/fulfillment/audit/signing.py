"""Signed lines: some lines of JSON, and one more with the signature over all bytes before it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.audit.ports import Signature

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit.ports import Signer


def canonical(value: dict[str, Any]) -> bytes:
    """One line that is the same for the same value, whoever writes it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def signed(lines: bytes, *, signer: Signer) -> bytes:
    """The lines and their signature; every line ends with a line feed."""
    return lines + canonical(asdict(signer.sign(lines)))


def unsigned(data: bytes) -> bytes:
    """The lines without the last, whatever it is."""
    before, _, _ = data.removesuffix(b"\n").rpartition(b"\n")
    return before + b"\n"


def holds(data: bytes, *, signer: Signer) -> bool:
    """Whether the last line is the signer's signature over those before."""
    lines = unsigned(data)
    try:
        signature = Signature(**json.loads(data[len(lines) :]))
    except (ValueError, TypeError, RecursionError):
        return False
    return data == lines + canonical(asdict(signature)) and signer.holds(lines, signature)
