"""What the command line and POST /sandbox/settings decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from local.sandbox.credentials import LOCAL_ONLY, Credentials

if TYPE_CHECKING:
    from local.edge.target import Target


@dataclass
class Settings:
    """`public_url` is where a browser finds the sandbox; `webhooks_url` the edge it calls back.

    `deployment` knows where the payer is, where one is deployed.
    """

    public_url: str
    webhooks_url: str = ""
    deployment: Target | None = None
    credentials: Credentials = field(default_factory=lambda: LOCAL_ONLY)

    def payer_url(self) -> str | None:
        """The deployed payer, or None while there is none."""
        return self.deployment.payer_url() if self.deployment else None

    def bearer(self) -> str:
        """A token of the provider's system; `HTTPException` where none is deployed."""
        token = self.deployment.provider_token() if self.deployment else None
        if token is None:
            raise HTTPException(409, "no deployment to answer to")
        return token
