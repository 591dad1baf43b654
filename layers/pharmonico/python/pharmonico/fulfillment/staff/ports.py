"""What signing in needs from outside: who proves identities, and what keeps a token sealed."""

from __future__ import annotations

from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

Question = Literal["totp", "totp_setup", "new_password"]


class Proof(BaseModel):
    """What an identity provider gives for a proven identity."""

    model_config = ConfigDict(frozen=True)

    access_token: str
    refresh_token: str


class Challenge(BaseModel):
    """What it asks before it gives a proof; `state` is the provider's own and never shown.

    `secret` is what an authenticator app is set up with, for `totp_setup` alone.
    """

    model_config = ConfigDict(frozen=True)

    question: Question
    username: str
    state: str
    secret: str | None = None


class IdentityProvider(Protocol):
    """The staff's user pool. Everything raises `Unauthenticated` for what is not proven and
    `Unavailable` when the pool does not answer."""

    def sign_in(self, username: str, password: str) -> Proof | Challenge: ...

    def answer(self, challenge: Challenge, answer: str) -> Proof | Challenge:
        """A code or a new password; `Invalid` for a password that breaks the pool's rules."""
        ...

    def renew(self, refresh_token: str) -> str:
        """A fresh access token, unless the user was signed out or disabled meanwhile."""
        ...

    def end(self, refresh_token: str) -> None:
        """Nothing more comes of the token; one that is spent already is no error."""
        ...


class Sealer(Protocol):
    """Keeps a text readable only to who has the key."""

    def seal(self, text: str, *, key: str) -> str: ...

    def unseal(self, sealed: str, *, key: str) -> str | None:
        """None for another key, or for what was changed."""
        ...
