"""The messages that are damaged: every sample, and D.0 of every kind."""

from __future__ import annotations

from pathlib import Path

from tests.unit.ncpdp.telecom_by_hand import GOOD
from tests.unit.ncpdp.telecom_messages import messages

BY_HAND = ("everything", "cob", "compound", "covered", "dur_refusal", "preferred")
"""Segments and groups that the builders do not write."""

SAMPLES = Path(__file__).parents[1] / "unit" / "ncpdp" / "samples"


def seeds() -> dict[str, bytes]:
    """Bytes by name; XML samples first."""
    found = {path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("**/*.xml"))}
    claims = messages()
    loose = {f"{name}_lines": data.replace(b"\x1e", b"\r\n\x1e") for name, data in claims.items()}
    by_hand = {f"hand_{name}": GOOD[name].encode() for name in BY_HAND}
    return found | claims | by_hand | {name: loose[name] for name in ("b1_lines", "mixed_lines")}
