"""The messages that are damaged: every sample, and D.0 of every kind."""

from __future__ import annotations

from pathlib import Path

from tests.unit.ncpdp.telecom_messages import messages

SAMPLES = Path(__file__).parents[1] / "unit" / "ncpdp" / "samples"


def seeds() -> dict[str, bytes]:
    """Bytes by name; XML samples first."""
    found = {path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("**/*.xml"))}
    claims = messages()
    loose = {f"{name}_lines": data.replace(b"\x1e", b"\r\n\x1e") for name, data in claims.items()}
    return found | claims | {"b1_lines": loose["b1_lines"], "mixed_lines": loose["mixed_lines"]}
