"""`.env.example`: every variable the functions know, from the settings' own model."""

from __future__ import annotations

from pharmonico.kit.settings import Settings

HEAD = """\
# Every setting of the functions, with its meaning and its default. The deployment sets them;
# `make up` needs none of them. Written from kit/settings.py: run `python -m local.generate`.
"""


def files() -> dict[str, str]:
    parts = [HEAD]
    for name, field in Settings.model_fields.items():
        parts.append(f"# {field.description}\n{name}={field.default}\n")
    return {".env.example": "\n".join(parts)}
