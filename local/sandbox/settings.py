"""What the command line and POST /sandbox/settings decide."""

from __future__ import annotations

from dataclasses import dataclass, field

from local.sandbox.credentials import LOCAL_ONLY, Credentials


@dataclass
class Settings:
    """`public_url` is where a browser finds the sandbox; `webhooks_url` the edge it calls back."""

    public_url: str
    webhooks_url: str = ""
    credentials: Credentials = field(default_factory=lambda: LOCAL_ONLY)
